/** Follows the work on an import: takes the page's new content as it goes on, and loads the page once when it is over. */
const ASK_MS = 1500;

if (isUnderWay(document)) setTimeout(() => void follow(), ASK_MS);

async function follow(): Promise<void> {
  const page = await read();
  if (page !== undefined && !isUnderWay(page)) return location.reload();
  const [here, there] = [document.querySelector('main'), page?.querySelector('main')];
  if (here && there) here.replaceWith(there);
  setTimeout(() => void follow(), ASK_MS);
}

/** Undefined while the server does not answer. */
async function read(): Promise<Document | undefined> {
  try {
    const answer = await fetch(location.href);
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : undefined;
  } catch {
    return undefined;
  }
}

function isUnderWay(page: Document): boolean {
  return page.querySelector('[data-island=follow]') !== null;
}

/**
 * Lets a form be sent with what a key of this device answered. The form stays hidden where there is no script or the
 * browser knows no keys: the mail link is always there.
 */
for (const place of document.querySelectorAll<HTMLElement>('[data-island=passkey]')) start(place);

function start(place: HTMLElement): void {
  const form = place.querySelector('form');
  const answer = form?.querySelector<HTMLInputElement>('input[name=answer]');
  const failure = place.querySelector<HTMLElement>('[data-failure]');
  if (!form || !answer || typeof PublicKeyCredential.parseRequestOptionsFromJSON !== 'function') return;
  const send = async () => {
    try {
      answer.value = JSON.stringify(await ask(place.dataset['isNew'] === 'yes'));
    } catch {
      if (failure) failure.hidden = false;
      return;
    }
    form.submit();
  };
  place.hidden = false;
  form.addEventListener('submit', (event) => {
    if (answer.value !== '') return;
    event.preventDefault();
    if (failure) failure.hidden = true;
    void send();
  });
}

async function ask(isNew: boolean): Promise<unknown> {
  const told = await fetch(isNew ? '/connexion/cle.json?pour=nouvelle' : '/connexion/cle.json');
  if (!told.ok) throw new Error(`The question was not told: ${told.status}`);
  const question: unknown = await told.json();
  const credential = isNew
    ? await navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question as PublicKeyCredentialCreationOptionsJSON),
      })
    : await navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question as PublicKeyCredentialRequestOptionsJSON),
      });
  if (!(credential instanceof PublicKeyCredential)) throw new Error('No key answered.');
  return credential.toJSON();
}

/** The same list as files: its address as CSV and as a workbook. */
export function TableFiles({ csv, xlsx, words }: { csv: string; xlsx: string; words: { csv: string; xlsx: string } }) {
  return (
    <>
      <a href={csv} download data-no-prefetch>
        {words.csv}
      </a>{' '}
      <a href={xlsx} download data-no-prefetch>
        {words.xlsx}
      </a>
    </>
  );
}

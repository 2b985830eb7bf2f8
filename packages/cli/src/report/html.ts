/** Text made safe for element content and quoted attributes. */
export function escapeHtml(text: string | number): string {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A part of the page: nothing at all where there is no content. */
export function section(title: string, explanation: string, content: string): string {
  if (content === '') return '';
  return `<section><h2>${escapeHtml(title)}</h2><p>${escapeHtml(explanation)}</p>${content}</section>`;
}

/** A table whose first column names the row; all others hold numbers. */
export function htmlTable(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const head = headings.map((heading) => `<th scope="col">${escapeHtml(heading)}</th>`).join('');
  const body = rows
    .map(([name = '', ...values]) => {
      const cells = values.map((value) => `<td>${escapeHtml(value)}</td>`).join('');
      return `<tr><th scope="row">${escapeHtml(name)}</th>${cells}</tr>`;
    })
    .join('');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

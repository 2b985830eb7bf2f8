import type { ReportExample } from '@factornet/pipeline';
import { InvalidOptionError } from '@factornet/spec';
import { escapeHtml } from './html';

/**
 * Pictures, enlarged without smoothing, with every task's answer; wrong ones say what is true.
 *
 * @throws InvalidOptionError for a picture that is no `data:` URI: a report asks nobody for anything
 */
export function examplePictures(examples: readonly ReportExample[]): string {
  if (examples.length === 0) return '';
  return `<div class="examples">${examples.map(exampleFigure).join('')}</div>`;
}

function exampleFigure({ image, truth, predicted }: ReportExample, index: number): string {
  if (!/^data:image\/[a-z+]+;base64,/.test(image)) {
    throw new InvalidOptionError({
      option: `examples[${index}].image`,
      expected: 'a data:image/…;base64, URI',
      received: image,
    });
  }
  const answers = Object.entries(predicted).map(([task, said]) => {
    const told = `<dt>${escapeHtml(task)}</dt>`;
    const known = truth[task];
    if (known === undefined) return `${told}<dd class="unlabelled">${escapeHtml(said)}</dd>`;
    if (known === said) return `${told}<dd>✓ ${escapeHtml(said)}</dd>`;
    return `${told}<dd class="wrong">✗ ${escapeHtml(said)} <small>is ${escapeHtml(known)}</small></dd>`;
  });
  return `<figure><img src="${escapeHtml(image)}" alt="example ${index + 1}"><dl>${answers.join('')}</dl></figure>`;
}

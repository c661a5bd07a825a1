import type { RatingLine } from '../../pieces/rating';
import type { Form } from './appeal';

/** What another value is written into: the field that raters have, with a label of its own. */
export function fieldOf(key: string, form: Form, label: { readonly 'zh-CN': string; readonly en: string }): RatingLine {
  const { from, to, whole, options, optionTitles } = form;
  const type = form.type === 'number' ? 'points' : form.type;
  return {
    key,
    title: label,
    help: null,
    type,
    counts: true,
    from,
    to,
    whole,
    options,
    optionTitles,
    department: null,
    approvals: null,
    group: null,
  };
}

import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../texts';
import type { Book } from './book';
import { titleIn, type Words } from './words';
import { isList, isMembers, type Plain } from './yaml/read';

export interface Telling {
  readonly book: Book;
  readonly words: Words;
  readonly compact: boolean;
}

export function listOf(value: Plain | undefined): readonly Plain[] {
  return isList(value) ? value : [];
}

export function BothTitles({ title }: { readonly title: Plain | undefined }): ReactElement | null {
  const [zh, en] = isMembers(title) ? [title['zh-CN'], title['en']] : [];
  if (typeof zh !== 'string' || typeof en !== 'string') return null;
  return (
    <>
      <span lang="zh-CN">{zh}</span> · <span lang="en">{en}</span>
    </>
  );
}

/** Beside a name: what it is called in the other language. */
export function OtherTitle({ title }: { readonly title: Plain | undefined }): ReactElement | null {
  const other = language() === 'en' ? 'zh-CN' : 'en';
  const text = isMembers(title) ? title[other] : undefined;
  return typeof text === 'string' ? (
    <span className="soft" lang={other}>
      {' '}
      {text}
    </span>
  ) : null;
}

/** A schedule by kind of period: each phase with when it ends. */
export function Schedule({ value, words }: { readonly value: Plain; readonly words: Words }): ReactElement {
  const { t } = useTranslation('schemes');
  const when = (window: { readonly [name: string]: Plain }): string => {
    const text = (name: string): string => (typeof window[name] === 'string' ? window[name] : '');
    if (window['kind'] === 'days') return t('whole.days', { first: text('first'), last: text('last') });
    if (window['kind'] === 'by-day') return t('whole.byDay', { day: text('day') });
    const after = text('after');
    return after === ''
      ? t('whole.workingDays', { days: text('days') })
      : t('whole.workingDaysAfter', { days: text('days'), phase: words.option('phase', after) });
  };
  return (
    <div className="grid">
      {Object.entries(isMembers(value) ? value : {}).map(([kind, windows]) => (
        <table key={kind} className="plain">
          <caption>
            <strong>{words.option('period', kind)}</strong>
          </caption>
          <tbody>
            {listOf(windows)
              .filter(isMembers)
              .map((window, index) => (
                <tr key={index}>
                  <th scope="row">{typeof window['phase'] === 'string' ? words.option('phase', window['phase']) : ''}</th>
                  <td>{when(window)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

/** Grades with their bounds and values, a row each. */
export function Bands({ value, book, words, compact }: Telling & { readonly value: { readonly [name: string]: Plain } }): ReactElement {
  const { t } = useTranslation('schemes');
  const bands = listOf(value['list']).filter(isMembers);
  const names = [...new Set(bands.flatMap((band) => Object.keys(isMembers(band['values']) ? band['values'] : {})))];
  const on = value['on'] ?? value['word'];
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={words.field('bands')}>
      <table className="plain">
        {typeof on === 'string' && (
          <caption>
            {words.field('bandsOn')}: {book.formula(on)}
          </caption>
        )}
        <thead>
          <tr>
            <th scope="col">{words.field('bands')}</th>
            <th scope="col" className="number">
              {t('whole.bound')}
            </th>
            {!compact &&
              names.map((name) => (
                <th key={name} scope="col" className="number">
                  {book.titleOf(`band.${name}`) ?? name}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {bands.map((band, index) => (
            <tr key={index}>
              <td>
                {typeof band['key'] === 'string' ? band['key'] : ''}{' '}
                {compact ? titleIn(band['title']) : <BothTitles title={band['title']} />}
              </td>
              <td className="number">
                {band['from'] !== undefined
                  ? `≥ ${book.constant(band['from'])}`
                  : band['over'] !== undefined
                    ? `> ${book.constant(band['over'])}`
                    : '—'}
              </td>
              {!compact &&
                names.map((name) => (
                  <td key={name} className="number">
                    {book.constant(isMembers(band['values']) ? band['values'][name] : undefined)}
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

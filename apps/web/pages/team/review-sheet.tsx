import { Button } from 'antd';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Figures } from '../../pieces/figures';
import { RatingField, RatingShown } from '../../pieces/rating-field';
import { language } from '../../texts';
import { ConflictNote } from './conflict-note';
import { nameOf } from './people-list';
import { SentBack } from './score-sheet';
import type { Draft, Sheet } from './sheets';

/** One person for a second reviewer: facts, what was submitted step by step, and the ratings that the review asks for. */
export function ReviewSheet({
  sheet,
  draft,
  onDraft,
  onDrop,
  onClose,
  children,
}: {
  readonly sheet: Sheet;
  readonly draft: Draft | undefined;
  readonly onDraft: (draft: Draft) => void;
  readonly onDrop: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const { t } = useTranslation('team');
  const { t: common } = useTranslation('common');
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const current = draft ?? { ratings: {}, comment: '', version: sheet.version };
  return (
    <section className="panel" aria-label={nameOf(sheet, t)}>
      <div className="panel-head">
        <h2 tabIndex={-1} ref={head}>
          {nameOf(sheet, t)}
        </h2>
        <div className="row">
          {children}
          <Button onClick={onClose}>{common('close')}</Button>
        </div>
      </div>
      {sheet.waits !== null && <div className="note">{t(`waits.${sheet.waits}`)}</div>}
      <SentBack sheet={sheet} />
      {draft !== undefined && draft.version !== sheet.version && (
        <ConflictNote
          sheet={sheet}
          draft={draft}
          onUseNow={onDrop}
          onKeepMine={sheet.waits === null ? () => onDraft({ ...draft, version: sheet.version }) : undefined}
        />
      )}
      <div className="scoring-body">
        <div className="stack">
          <h3>{t('score.facts')}</h3>
          <Figures figures={sheet.figures} label={t('score.facts')} />
        </div>
        <div className="stack">
          <h3>{t('column.ratings')}</h3>
          <Submitted sheet={sheet} />
          {sheet.waits === null && sheet.lines.length > 0 && (
            <>
              <p className="soft">{t('review.toRate')}</p>
              {sheet.lines.map((line) => (
                <RatingField
                  key={line.key}
                  line={line}
                  given={current.ratings[line.key]}
                  appraisalId={sheet.appraisal.appraisalId}
                  onChange={(given) => onDraft({ ...current, ratings: { ...current.ratings, [line.key]: given } })}
                />
              ))}
            </>
          )}
        </div>
      </div>
    </section>
  );
}

/** Every step's last version side by side, with its words. */
function Submitted({ sheet }: { readonly sheet: Sheet }): ReactElement {
  const { t } = useTranslation('team');
  const columns = sheet.submissions.flatMap((one) => {
    const last = one.versions.at(-1);
    const title =
      one.department ?? (one.part === null ? t(`step.${one.step}`) : `${t(`step.${one.step}`)} · ${t('score.part', { part: one.part })}`);
    return last ? [{ title, versions: one.versions.length, last }] : [];
  });
  const lines = sheet.rated.filter(({ key }) => columns.some(({ last }) => last.ratings?.[key] !== undefined));
  if (columns.length === 0) return <p className="soft">{t('review.none')}</p>;
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('column.ratings')}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('score.line')}</th>
              {columns.map(({ title }) => (
                <th key={title} scope="col" className="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.key}>
                <th scope="row">{line.title[language()]}</th>
                {columns.map(({ title, last }) => (
                  <td key={title} className="number">
                    <RatingShown line={line} given={last.ratings?.[line.key]} notes={last.notes} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {columns.map(({ title, last, versions }) => (
        <div key={title}>
          {(last.comment !== null || versions > 1) && (
            <span className="soft">
              {title}
              {versions > 1 && ` · ${t('review.version', { version: versions })}`}
            </span>
          )}
          {last.comment !== null && <blockquote className="said">{last.comment}</blockquote>}
        </div>
      ))}
    </>
  );
}

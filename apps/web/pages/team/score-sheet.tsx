import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../texts';
import { Figures } from '../../pieces/figures';
import { formatInstant } from '../../pieces/format';
import { LongText } from '../../pieces/long-text';
import { Mark } from '../../pieces/mark';
import type { Given } from '../../pieces/rating';
import { RatingField, RatingShown } from '../../pieces/rating-field';
import { ConflictNote } from './conflict-note';
import { nameOf } from './people-list';
import { type Draft, isBegun, type Sheet, submissionOf } from './sheets';

/** Characters that a comment may have. */
const COMMENT_MOST = 4_000;

export interface ScoreSheetProps {
  readonly sheet: Sheet;
  readonly draft: Draft | undefined;
  /** Says what is missing, too. */
  readonly strict: boolean;
  readonly onDraft: (draft: Draft) => void;
  readonly onDrop: () => void;
  readonly onNext: () => void;
  readonly nextName: string | null;
  readonly onPrevious: (() => void) | undefined;
}

/** One person: what happened in the period, what they say of themselves, and what the rater gives. */
export function ScoreSheet(props: ScoreSheetProps): ReactElement {
  const { sheet, draft, onDraft, onDrop, onPrevious, onNext } = props;
  const { t } = useTranslation('team');
  const { unit } = sheet.appraisal;
  return (
    <section className="panel" aria-label={nameOf(sheet, t)}>
      <div className="panel-head">
        <div>
          <h2 tabIndex={-1}>{nameOf(sheet, t)}</h2>
          <span className="soft">{[unit.department, unit.team].filter((part) => part !== null).join(' · ')}</span>
        </div>
        <div className="row">
          {sheet.task.late && <Mark kind="warn">{t('late')}</Mark>}
          <Button onClick={onPrevious} disabled={onPrevious === undefined} aria-keyshortcuts="Alt+ArrowUp" title={t('score.previousHint')}>
            {t('score.previous')}
          </Button>
          <Button onClick={onNext} aria-keyshortcuts="Alt+ArrowDown" title={t('score.nextHint')}>
            {t('score.nextShort')}
          </Button>
        </div>
      </div>
      <SentBack sheet={sheet} />
      {isBegun(draft) && draft !== undefined && (draft.version !== sheet.version || sheet.waits === 'done') && (
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
          <SelfReview sheet={sheet} />
        </div>
        {sheet.waits === null ? <Fields {...props} /> : <GivenAlready sheet={sheet} />}
      </div>
    </section>
  );
}

/** Why a task came back, the latest reason first. */
export function SentBack({ sheet }: { readonly sheet: Sheet }): ReactElement | null {
  const { t } = useTranslation('team');
  if (sheet.sentBack.length === 0) return null;
  return (
    <div className="note warn">
      <strong>{t('sentBack.title')}</strong>
      {[...sheet.sentBack].reverse().map(({ by, toStep, reason, at }) => (
        <p key={at}>
          {reason ?? t('erased')}
          <span className="soft">
            {' '}
            — {t('sentBack.by', { name: by.name ?? t('erased'), step: t(`step.${toStep}`), when: formatInstant(at) })}
          </span>
        </p>
      ))}
    </div>
  );
}

/** The words of the self-review; its ratings stand at the lines that it shares with the rater's. */
function SelfReview({ sheet }: { readonly sheet: Sheet }): ReactElement {
  const { t } = useTranslation('team');
  const said = submissionOf(sheet, 'self-review');
  const asked = new Set(sheet.lines.map(({ key }) => key));
  const others = Object.entries(said?.ratings ?? {}).filter(([key]) => !asked.has(key));
  const notes = said?.notes.filter(({ line }) => !asked.has(line)) ?? [];
  return (
    <>
      <h3>{t('score.self')}</h3>
      {said === undefined ? (
        <p className="soft">{t('score.noSelf')}</p>
      ) : (
        <>
          {said.comment === null ? (
            <p className="soft">{t('score.noComment')}</p>
          ) : (
            <blockquote className="said">{said.comment}</blockquote>
          )}
          {others.length > 0 && (
            <dl className="pairs">
              {others.map(([key, given]) => (
                <div key={key} className="pair">
                  <dt>{lineOf(sheet, key)?.title[language()] ?? key}</dt>
                  <dd>
                    <RatingShown line={lineOf(sheet, key) ?? { key, optionTitles: {} }} given={given} notes={notes} />
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </>
      )}
    </>
  );
}

function lineOf({ rated }: Sheet, key: string): Sheet['rated'][number] | undefined {
  return rated.find((line) => line.key === key);
}

function Fields({ sheet, draft, strict, onDraft, onDrop, onNext, nextName }: ScoreSheetProps): ReactElement {
  const { t } = useTranslation('team');
  const current = draft ?? { ratings: {}, comment: '', version: sheet.version };
  const self = submissionOf(sheet, 'self-review');
  const before = submissionOf(sheet, sheet.task.step);
  const give = (key: string, given: Given): void => onDraft({ ...current, ratings: { ...current.ratings, [key]: given } });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <h3>{t('score.mine')}</h3>
      {sheet.lines.map((line) => (
        <RatingField
          key={line.key}
          line={line}
          given={current.ratings[line.key]}
          onChange={(given) => give(line.key, given)}
          strict={strict}
          appraisalId={sheet.appraisal.appraisalId}
          beside={
            <span className="soft beside">
              {self?.ratings?.[line.key] !== undefined && (
                <>
                  {t('score.selfRating')} <RatingShown line={line} given={self.ratings[line.key]} notes={self.notes} />
                </>
              )}
              {before?.ratings?.[line.key] !== undefined && (
                <>
                  {' · '}
                  {t('score.before')} <RatingShown line={line} given={before.ratings[line.key]} notes={before.notes} />
                </>
              )}
            </span>
          }
        />
      ))}
      <div className="field">
        <label htmlFor="comment">
          {t('score.comment')} <span className="soft">({t('score.commentHint')})</span>
        </label>
        <LongText
          id="comment"
          rows={3}
          most={COMMENT_MOST}
          value={current.comment}
          onChange={(comment) => onDraft({ ...current, comment })}
        />
      </div>
      <div className="row">
        <Button htmlType="submit" type="primary" ghost>
          {nextName === null ? t('score.toSubmit') : t('score.next', { name: nextName })}
        </Button>
        {isBegun(draft) && (
          <>
            <Button type="text" onClick={onDrop}>
              {t('score.clear')}
            </Button>
            <span className="soft">{t('score.kept')}</span>
          </>
        )}
      </div>
    </form>
  );
}

/** What was given already, or why nothing can be given now. */
function GivenAlready({ sheet }: { readonly sheet: Sheet }): ReactElement {
  const { t } = useTranslation('team');
  const said = submissionOf(sheet, sheet.task.step);
  const self = submissionOf(sheet, 'self-review');
  return (
    <div className="stack">
      <h3>{t('score.mine')}</h3>
      {sheet.waits !== null && <div className="note">{t(`waits.${sheet.waits}`)}</div>}
      {said && (
        <>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t('score.line')}</th>
                <th scope="col" className="number">
                  {t('score.selfRating')}
                </th>
                <th scope="col" className="number">
                  {t('score.given')}
                </th>
              </tr>
            </thead>
            <tbody>
              {sheet.lines.map((line) => (
                <tr key={line.key}>
                  <th scope="row">{line.title[language()]}</th>
                  <td className="number">
                    <RatingShown line={line} given={self?.ratings?.[line.key]} notes={self?.notes ?? []} />
                  </td>
                  <td className="number">
                    <RatingShown line={line} given={said.ratings?.[line.key]} notes={said.notes} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {said.comment !== null && <blockquote className="said">{said.comment}</blockquote>}
        </>
      )}
    </div>
  );
}

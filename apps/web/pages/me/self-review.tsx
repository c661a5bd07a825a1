import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'antd';
import { ifMatch } from '../../api/intent';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { ProblemError } from '../../api/problem';
import { useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { Deadline } from '../../pieces/deadline';
import { useDraft } from '../../pieces/draft';
import { type Figure, Figures } from '../../pieces/figures';
import { formatInstant } from '../../pieces/format';
import { LongText } from '../../pieces/long-text';
import { Panel } from '../../pieces/page';
import { isSameLength } from '../../pieces/period-length';
import { type Given, type GivenRatings, type RatingLine, ratingProblem, toSend } from '../../pieces/rating';
import { RatingField } from '../../pieces/rating-field';
import { useToast } from '../../pieces/toast';
import { language } from '../../texts';
import { LineFacts } from './line-facts';
import { type Act, type Detail, detailQuery, mineQuery, sheetQuery, TOUCHED, wordsQuery } from './queries';
import { ReviewConflict } from './review-conflict';
import { newestOf } from './submitted';

const COMMENT_MOST = 4_000;

export interface ReviewDraft {
  readonly ratings: GivenRatings;
  readonly comment: string;
  /** The version of the appraisal that it was written on; null while nothing is written. */
  readonly version: number | null;
}
const EMPTY: ReviewDraft = { ratings: {}, comment: '', version: null };

interface Sheet {
  readonly lines: readonly RatingLine[];
  readonly figures: readonly Figure[];
  readonly beside: ReadonlyMap<string, readonly string[]>;
}

/** The self-review while it can be filled in: each line one field, what happened in the period beside it. */
export function SelfReviewPanel({ detail, act }: { readonly detail: Detail; readonly act: Act }): ReactElement | null {
  const { t } = useTranslation('me');
  const me = useMe();
  const sheet = useQuery(sheetQuery(detail.appraisalId));
  const draft = useDraft<ReviewDraft>(`self-review.${me.subject}.${detail.appraisalId}`, EMPTY);
  const isOpen = act.blocked === null;
  // What was written here while it was submitted somewhere else, or until it was too late, is still shown, beside what stands there.
  const isOverWithDraft = draft.kept && (act.blocked === 'submitted' || act.blocked === 'closed');
  if (!isOpen && !isOverWithDraft) return null;
  return (
    <Panel title={t('review.title')} extra={act.until !== null && isOpen && <Deadline at={act.until} />} id="self-review">
      {act.late && <div className="note warn">{t('review.late')}</div>}
      {isOpen && <SentBack appraisalId={detail.appraisalId} />}
      <Answer query={sheet}>
        {(data) =>
          isOpen ? (
            <ReviewForm detail={detail} sheet={data} draft={draft} />
          ) : (
            <ReviewConflict
              appraisalId={detail.appraisalId}
              lines={data.lines}
              draft={draft.draft}
              onUseNow={draft.drop}
              onKeepMine={draft.drop}
            />
          )
        }
      </Answer>
    </Panel>
  );
}

/** Why it came back, the latest reason first. */
function SentBack({ appraisalId }: { readonly appraisalId: string }): ReactElement | null {
  const { t } = useTranslation('me');
  const { t: common } = useTranslation('common');
  const { data } = useQuery(wordsQuery(appraisalId));
  const reasons = (data?.sentBack ?? []).filter(({ toStep }) => toStep === 'self-review');
  if (reasons.length === 0) return null;
  return (
    <div className="note warn">
      <strong>{t('review.sentBack')}</strong>
      {[...reasons].reverse().map(({ by, reason, at }) => (
        <p key={at}>
          {reason ?? common('erased')}
          <span className="soft"> — {t('review.sentBackBy', { name: by.name ?? common('erased'), when: formatInstant(at) })}</span>
        </p>
      ))}
    </div>
  );
}

interface FormProps {
  readonly detail: Detail;
  readonly sheet: Sheet;
  readonly draft: ReturnType<typeof useDraft<ReviewDraft>>;
}

function ReviewForm({ detail, sheet, draft: { draft, set, drop, kept } }: FormProps): ReactElement {
  const { t } = useTranslation('me');
  const say = useToast();
  const [strict, setStrict] = useState(false);
  const id = useId();
  const written = kept ? draft : startOf(detail, sheet.lines);
  const isOutdated = kept && draft.version !== null && draft.version !== detail.version;
  const change = (part: Partial<ReviewDraft>): void => set({ ...written, version: written.version ?? detail.version, ...part });
  const submit = useCommand({
    send: ({ ratings, comment, version }: ReviewDraft, headers) =>
      bodyOf(
        api.POST('/api/v1/appraisals/{appraisalId}/acts', {
          params: {
            path: { appraisalId: detail.appraisalId },
            header: { ...headers, ...ifMatch(version ?? detail.version) },
          },
          body: {
            kind: 'submit-self-review',
            input: { ratings: toSend(sheet.lines, ratings), ...(comment.trim() === '' ? {} : { comment: comment.trim() }) },
          },
        }),
      ),
    touches: [...TOUCHED],
    onDone: () => {
      drop();
      say(t('review.submitted'));
    },
  });
  const send = async (): Promise<void> => {
    try {
      await submit.mutateAsync(written);
    } catch (error) {
      // Both versions stand on the page now, and the question has nothing to add to them.
      if (!(error instanceof ProblemError && error.isConflict)) throw error;
    }
  };
  const wrong = sheet.lines.filter((line) => ratingProblem(line, written.ratings[line.key]) !== undefined);
  const names = wrong.map(({ title }) => title[language()]).join(' · ');
  return (
    <div className="stack">
      {(isOutdated || submit.error?.isConflict === true) && (
        <ReviewConflict
          appraisalId={detail.appraisalId}
          lines={sheet.lines}
          draft={written}
          onUseNow={() => {
            drop();
            submit.reset();
          }}
          onKeepMine={(version) => {
            set({ ...written, version });
            submit.reset();
          }}
        />
      )}
      <p className="soft">{sheet.lines.length === 0 ? t('review.noLines') : t('review.intro')}</p>
      <Before detail={detail}>
        {(before) =>
          sheet.lines.map((line) => (
            <div key={line.key} className="review-line">
              <RatingField
                line={line}
                given={written.ratings[line.key]}
                strict={strict}
                appraisalId={detail.appraisalId}
                onChange={(given) => change({ ratings: { ...written.ratings, [line.key]: given } })}
              />
              <LineFacts line={line} figures={sheet.figures} keys={sheet.beside.get(line.key) ?? []} before={before} />
            </div>
          ))
        }
      </Before>
      <div className="field">
        <label htmlFor={id}>
          {t('review.comment')} <span className="soft">({t('review.commentHint')})</span>
        </label>
        <LongText id={id} rows={3} most={COMMENT_MOST} value={written.comment} onChange={(comment) => change({ comment })} />
      </div>
      <div className="row">
        {wrong.length === 0 ? (
          <Confirm
            act={t('review.submit')}
            what={<p>{t('review.submitWhat', { count: sheet.lines.length })}</p>}
            primary
            problem={submit.error?.isConflict === true ? null : submit.error}
            onConfirm={send}
          />
        ) : (
          <Button type="primary" onClick={() => setStrict(true)}>
            {t('review.submit')}
          </Button>
        )}
        <span className="soft">{t('review.left', { count: wrong.length })}</span>
        {kept && (
          <>
            <span className="soft">{t('review.kept')}</span>
            <Button type="text" onClick={drop}>
              {t('review.clear')}
            </Button>
          </>
        )}
      </div>
      {strict && wrong.length > 0 && (
        <div className="note bad" role="alert">
          {t('review.leftWhat', { count: wrong.length, lines: names })}
        </div>
      )}
      <details>
        <summary>{t('review.facts')}</summary>
        <Figures figures={sheet.figures} label={t('review.facts')} />
      </details>
    </div>
  );
}

/** What both gave for the same lines in the newest period before, where it is published. */
function Before({
  detail,
  children,
}: {
  readonly detail: Detail;
  readonly children: (before: Detail | undefined) => ReactElement | ReactElement[];
}): ReactElement {
  const { data: mine } = useQuery(mineQuery);
  const earlier = mine?.items.find(
    ({ period, publishedAt }) => publishedAt !== null && period < detail.period && isSameLength(period, detail.period),
  );
  const { data } = useQuery({ ...detailQuery(earlier?.appraisalId ?? ''), enabled: earlier !== undefined });
  return <>{children(data)}</>;
}

/** Where it was sent back one goes on from what was submitted; free words are written again. */
function startOf(detail: Detail, lines: readonly RatingLine[]): ReviewDraft {
  const last = newestOf(detail, 'self-review');
  if (!last?.ratings) return EMPTY;
  const ratings: Record<string, Given> = {};
  for (const { key, type } of lines) {
    const given = last.ratings[key];
    if (given !== undefined && type !== 'entries' && type !== 'awards') ratings[key] = given;
  }
  return { ratings, comment: last.comment ?? '', version: null };
}

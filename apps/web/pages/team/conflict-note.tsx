import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../texts';
import { Conflict } from '../../pieces/conflict';
import { RatingShown } from '../../pieces/rating-field';
import { type Draft, type Sheet, submissionOf } from './sheets';

/** Somebody changed the appraisal while it was written on: what stands there now beside what was written, and which to take. */
export function ConflictNote({
  sheet,
  draft,
  onUseNow,
  onKeepMine,
}: {
  readonly sheet: Sheet;
  readonly draft: Draft;
  readonly onUseNow: () => void;
  /** Absent where nothing can be given any more. */
  readonly onKeepMine: (() => void) | undefined;
}): ReactElement {
  const now = submissionOf(sheet, sheet.task.step);
  return (
    <Conflict
      now={<Values sheet={sheet} ratings={now?.ratings ?? {}} comment={now?.comment ?? ''} />}
      yours={<Values sheet={sheet} ratings={draft.ratings} comment={draft.comment} />}
      onUseNow={onUseNow}
      {...(onKeepMine ? { onKeepMine } : {})}
    />
  );
}

function Values({
  sheet,
  ratings,
  comment,
}: {
  readonly sheet: Sheet;
  readonly ratings: Draft['ratings'];
  readonly comment: string;
}): ReactElement {
  const { t } = useTranslation('team');
  return (
    <dl className="pairs">
      <dt>{t('column.state')}</dt>
      <dd>{t(`waits.${sheet.waits ?? 'open'}`)}</dd>
      {sheet.lines.map((line) => (
        <div key={line.key} className="pair">
          <dt>{line.title[language()]}</dt>
          <dd>
            <RatingShown line={line} given={ratings[line.key]} />
          </dd>
        </div>
      ))}
      {comment !== '' && (
        <div className="pair">
          <dt>{t('score.comment')}</dt>
          <dd>{comment}</dd>
        </div>
      )}
    </dl>
  );
}

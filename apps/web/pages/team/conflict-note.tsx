import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../texts';
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
  const { t } = useTranslation('common');
  const now = submissionOf(sheet, sheet.task.step);
  return (
    <div className="note warn" role="alert">
      <strong>{t('conflict.title')}</strong>
      <p>{t('conflict.text')}</p>
      <div className="grid">
        <Side title={t('conflict.now')}>
          <Values sheet={sheet} ratings={now?.ratings ?? {}} comment={now?.comment ?? ''} />
        </Side>
        <Side title={t('conflict.yours')}>
          <Values sheet={sheet} ratings={draft.ratings} comment={draft.comment} />
        </Side>
      </div>
      <div className="row">
        <Button onClick={onUseNow}>{t('conflict.useNow')}</Button>
        {onKeepMine && (
          <Button type="primary" onClick={onKeepMine}>
            {t('conflict.keepMine')}
          </Button>
        )}
      </div>
    </div>
  );
}

function Side({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

function Values({ sheet, ratings, comment }: { readonly sheet: Sheet; readonly ratings: Draft['ratings']; readonly comment: string }): ReactElement {
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

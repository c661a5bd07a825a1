import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../../pieces/answer';
import type { RatingLine } from '../../pieces/rating';
import { RatingShown } from '../../pieces/rating-field';
import { language } from '../../texts';
import { detailQuery } from './queries';
import type { ReviewDraft } from './self-review';
import { newestOf } from './submitted';

/** The appraisal was changed while it was written on: what stands there now beside what was written, and which to take. */
export function ReviewConflict({
  appraisalId,
  lines,
  draft,
  onUseNow,
  onKeepMine,
}: {
  readonly appraisalId: string;
  readonly lines: readonly RatingLine[];
  readonly draft: Pick<ReviewDraft, 'ratings' | 'comment'>;
  readonly onUseNow: () => void;
  readonly onKeepMine: (version: number) => void;
}): ReactElement {
  const { t } = useTranslation('common');
  const { t: me } = useTranslation('me');
  // Asked again: what the page has is what was there before.
  const query = useQuery({ ...detailQuery(appraisalId), staleTime: 0, refetchOnMount: 'always' });
  return (
    <div className="note warn" role="alert">
      <strong>{t('conflict.title')}</strong>
      <p>{t('conflict.text')}</p>
      <Answer query={query}>
        {(now) => {
          const task = now.steps.find(({ step }) => step === 'self-review');
          const said = newestOf(now, 'self-review');
          const isOpen = task?.state === 'open' && now.status === 'open';
          return (
            <>
              <div className="scroll" tabIndex={0} role="region" aria-label={t('conflict.title')}>
                <table className="plain">
                  <thead>
                    <tr>
                      <th scope="col">{me('said.line')}</th>
                      <th scope="col">{t('conflict.now')}</th>
                      <th scope="col">{t('conflict.yours')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    <tr>
                      <th scope="row">{me('review.state')}</th>
                      <td>{me(`process.mine.${task?.state ?? 'skipped'}`)}</td>
                      <td>{me('process.mine.open')}</td>
                    </tr>
                    {lines.map((line) => (
                      <tr key={line.key}>
                        <th scope="row">{line.title[language()]}</th>
                        <td>
                          <RatingShown line={line} given={said?.ratings?.[line.key]} notes={said?.notes ?? []} />
                        </td>
                        <td>
                          <RatingShown line={line} given={draft.ratings[line.key]} />
                        </td>
                      </tr>
                    ))}
                    <tr>
                      <th scope="row">{me('review.comment')}</th>
                      <td>{said?.comment ?? '–'}</td>
                      <td>{draft.comment === '' ? '–' : draft.comment}</td>
                    </tr>
                  </tbody>
                </table>
              </div>
              <div className="row">
                <Button onClick={onUseNow}>{t('conflict.useNow')}</Button>
                {isOpen && (
                  <Button type="primary" onClick={() => onKeepMine(now.version)}>
                    {t('conflict.keepMine')}
                  </Button>
                )}
              </div>
            </>
          );
        }}
      </Answer>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { Empty } from '../../pieces/empty';
import { Figures } from '../../pieces/figures';
import { Page, Panel } from '../../pieces/page';
import { type GivenRatings, type RatingLine, ratingProblem, toSend } from '../../pieces/rating';
import { RatingField } from '../../pieces/rating-field';
import { useToast } from '../../pieces/toast';
import './team.css';

const route = getRouteApi('/frame/team/redo/$appraisalId/$appealId');

/** After an appeal upheld on procedure a substitute does the manager's step once more. */
export function RedoPage(): ReactElement {
  const { appraisalId } = route.useParams();
  const { t } = useTranslation('team');
  const path = { appraisalId };
  const lines = useQuery({
    queryKey: ['appraisals', appraisalId, 'rating-lines'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/rating-lines', { params: { path } })),
  });
  const figures = useQuery({
    queryKey: ['appraisals', appraisalId, 'figures'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/figures', { params: { path } })),
  });
  return (
    <Page title={t('redo.title')}>
      <div className="note">{t('redo.text')}</div>
      <Panel title={t('score.facts')}>
        <Answer query={figures}>{({ items }) => <Figures figures={items} label={t('score.facts')} />}</Answer>
      </Panel>
      <Panel title={t('score.mine')}>
        <Answer query={lines}>
          {({ items }) => {
            const own =
              items.find(({ step, group, department }) => step === 'manager-review' && group === null && department === null)?.lines ?? [];
            return own.length === 0 ? <Empty title={t('redo.noLines')} /> : <Again lines={own} />;
          }}
        </Answer>
      </Panel>
    </Page>
  );
}

function Again({ lines }: { readonly lines: readonly RatingLine[] }): ReactElement {
  const { appraisalId, appealId } = route.useParams();
  const { t } = useTranslation('team');
  const say = useToast();
  const [given, setGiven] = useState<GivenRatings>({});
  const command = useCommand({
    send: (ratings: GivenRatings, header) =>
      bodyOf(
        api.POST('/api/v1/appraisals/{appraisalId}/redone-steps', {
          params: { path: { appraisalId }, header },
          body: { appealId, ratings: toSend(lines, ratings) },
        }),
      ),
    touches: [['appraisals', appraisalId], ['appeals'], ['todo']],
    onDone: () => say(t('redo.sent')),
  });
  const isReady = lines.every((line) => ratingProblem(line, given[line.key]) === undefined);
  if (command.isSuccess) return <div className="note good">{t('redo.sent')}</div>;
  return (
    <div className="stack">
      {lines.map((line) => (
        <RatingField
          key={line.key}
          line={line}
          given={given[line.key]}
          appraisalId={appraisalId}
          onChange={(value) => setGiven({ ...given, [line.key]: value })}
        />
      ))}
      <div className="row">
        <Confirm
          primary
          act={t('redo.send')}
          what={t('redo.what')}
          blocked={isReady ? undefined : t('review.rateFirst')}
          onConfirm={() => command.mutateAsync(given)}
          problem={command.error}
        />
      </div>
    </div>
  );
}

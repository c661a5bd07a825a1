import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { Panel } from '../../pieces/page';
import { asDecimalText } from '../../pieces/decimals';
import { ratingProblem } from '../../pieces/rating';
import { RatingField } from '../../pieces/rating-field';
import { useToast } from '../../pieces/toast';
import { Anonymity } from './anonymity';

/**
 * A colleague answers about a person: once, sealed. Nothing of it is kept on this device: whoever sits here next must not
 * find it.
 */
export function PeerTask({ appraisalId }: { readonly appraisalId: string }): ReactElement {
  const { t } = useTranslation('team');
  const review = useQuery({
    queryKey: ['appraisals', appraisalId, 'peer-review'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/peer-review', { params: { path: { appraisalId } } })),
  });
  const say = useToast();
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const command = useCommand({
    send: (ratings: Readonly<Record<string, string>>, header) =>
      bodyOf(
        api.POST('/api/v1/appraisals/{appraisalId}/peer-review', {
          params: { path: { appraisalId }, header },
          body: { ratings: { ...ratings } },
        }),
      ),
    touches: [['appraisals', appraisalId], ['todo']],
    onDone: () => {
      setGiven({});
      say(t('peerReview.sent'));
    },
  });
  return (
    <>
      <Anonymity text={t('anonymous.text')} />
      <Answer query={review}>
        {({ name, answered, open, lines }) => {
          if (answered) return <div className="note good">{t('peerReview.answered')}</div>;
          if (!open) return <div className="note">{t('peerReview.closed')}</div>;
          const isReady = lines.every((line) => ratingProblem(line, given[line.key]) === undefined);
          const ratings = Object.fromEntries(lines.map(({ key }) => [key, asDecimalText(given[key] ?? '')]));
          return (
            <Panel title={t('peerReview.title', { name: name ?? t('erased') })}>
              <div className="stack">
                {lines.map((line) => (
                  <RatingField
                    key={line.key}
                    line={line}
                    given={given[line.key]}
                    onChange={(value) => setGiven({ ...given, [line.key]: typeof value === 'string' ? value : '' })}
                  />
                ))}
                <div className="row">
                  <Confirm
                    primary
                    act={t('peerReview.send')}
                    what={t('peerReview.once')}
                    blocked={isReady ? undefined : t('peerReview.once')}
                    onConfirm={() => command.mutateAsync(ratings)}
                    problem={command.error}
                  />
                </div>
              </div>
            </Panel>
          );
        }}
      </Answer>
    </>
  );
}

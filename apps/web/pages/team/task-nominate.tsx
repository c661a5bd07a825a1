import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { Answer } from '../../pieces/answer';
import { ColleaguePicker } from '../../pieces/colleague-picker';
import { Confirm } from '../../pieces/confirm';
import { Panel } from '../../pieces/page';
import { useToast } from '../../pieces/toast';
import { Anonymity } from './anonymity';

/** A manager names the colleagues who are asked about a person. */
export function NominateTask({ appraisalId, name }: { readonly appraisalId: string; readonly name: string | null }): ReactElement {
  const { t } = useTranslation('team');
  const peers = useQuery({
    queryKey: ['appraisals', appraisalId, 'peers'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/peers', { params: { path: { appraisalId } } })),
  });
  const say = useToast();
  const [picked, setPicked] = useState<readonly string[] | undefined>(undefined);
  const command = useCommand({
    send: (subjects: readonly string[], header) =>
      bodyOf(
        api.POST('/api/v1/appraisals/{appraisalId}/peers', { params: { path: { appraisalId }, header }, body: { peers: [...subjects] } }),
      ),
    touches: [['appraisals', appraisalId], ['todo'], ['team']],
    onDone: () => say(t('peers.sent')),
  });
  return (
    <>
      <Anonymity text={t('anonymous.nominate')} />
      <Panel>
        <Answer query={peers}>
          {({ peers: known, answered, least, most, open }) => {
            const chosen = picked ?? known.map(({ subject }) => subject);
            const about = { name: name ?? t('peers.person'), least, most: most ?? least };
            const blocked = blockedBy(chosen.length, { least, most, open });
            return (
              <div className="stack">
                <p>{most === null ? t('peers.text', about) : t('peers.textMost', about)}</p>
                {answered > 0 && <div className="note">{t('peers.answered', { answered })}</div>}
                <ColleaguePicker label={t('peers.pick')} appraisalId={appraisalId} chosen={chosen} known={known} onChange={setPicked} />
                <div className="row">
                  <Confirm
                    primary
                    act={t('peers.send', { count: chosen.length })}
                    what={t('peers.what', { count: chosen.length })}
                    blocked={blocked && t(`peers.${blocked}`, about)}
                    onConfirm={() => command.mutateAsync(chosen)}
                    problem={command.error}
                  />
                </div>
              </div>
            );
          }}
        </Answer>
      </Panel>
    </>
  );
}

function blockedBy(
  count: number,
  { least, most, open }: { readonly least: number; readonly most: number | null; readonly open: boolean },
): 'closed' | 'few' | 'many' | undefined {
  if (!open) return 'closed';
  if (count < least) return 'few';
  return most !== null && count > most ? 'many' : undefined;
}

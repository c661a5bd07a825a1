import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { Panel } from '../../../pieces/page';
import { Choices } from '../choices';
import { owedKey, OwedList } from '../owed-list';
import { type Cycle, isOwedPhase, type OwedPhase, owedQuery, type Progress } from '../queries';
import { isHeld, RemindDialog } from '../remind-dialog';
import { owedIn } from '../words';

/** Who has yet to do what, phase by phase, and reminding them: all at once or those who are chosen. */
export function OwedView({ cycle, progress }: { readonly cycle: Cycle; readonly progress: readonly Progress[] }): ReactElement {
  const { t } = useTranslation('cycles');
  const { phase: chosen } = useAddress();
  const change = useChangeAddress();
  const phases = cycle.phases.flatMap(({ phase, state }) => (isOwedPhase(phase) ? [{ phase, state }] : []));
  const shown = phases.find(({ phase }) => phase === chosen) ?? phases.find(({ state }) => state === 'open') ?? phases[0];
  if (!shown) return <Panel title={t('owed.title')}>{t('owed.noPhase')}</Panel>;
  const owed = (phase: OwedPhase): number => progress.filter((one) => one.phase === phase).reduce((sum, one) => sum + owedIn(one), 0);
  return (
    <Panel title={t('owed.title')}>
      <Choices
        label={t('owed.phase')}
        chosen={shown.phase}
        options={phases.map(({ phase, state }) => ({
          key: phase,
          label: state === 'open' ? `${t(`phase.${phase}`)} (${owed(phase)})` : t(`phase.${phase}`),
        }))}
        onChoose={(next) => change({ phase: next, after: undefined })}
      />
      <OwedOfPhase key={shown.phase} cycle={cycle} phase={shown.phase} isOpen={shown.state === 'open'} />
    </Panel>
  );
}

function OwedOfPhase({
  cycle,
  phase,
  isOpen,
}: {
  readonly cycle: Cycle;
  readonly phase: OwedPhase;
  readonly isOpen: boolean;
}): ReactElement {
  const { t } = useTranslation('cycles');
  const { after, remind } = useAddress();
  const change = useChangeAddress();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const query = useQuery(owedQuery(cycle.cycleId, phase, after));
  const chosen = (query.data?.items ?? []).filter((row) => selected.includes(owedKey(row)) && !isHeld(row));
  const subjects = [...new Set(chosen.map(({ subject }) => subject))];
  const blocked = cycle.status !== 'running' ? t('owed.notRunning') : isOpen ? undefined : t('owed.notOpen');
  const close = (): void => {
    setSelected([]);
    change({ remind: undefined });
  };
  return (
    <>
      <div className="row" style={{ marginBottom: 12 }}>
        <Button type="primary" disabled={blocked !== undefined} onClick={() => change({ remind: 'all' })}>
          {t('remind.all')}
        </Button>
        {subjects.length > 0 && (
          <Button disabled={blocked !== undefined} onClick={() => change({ remind: 'selected' })}>
            {t('remind.selected', { count: subjects.length })}
          </Button>
        )}
        {blocked !== undefined && <span className="soft">{blocked}</span>}
      </div>
      <Answer query={query} lines={6}>
        {({ items, next }) => (
          <OwedList
            rows={items}
            phase={phase}
            next={next}
            {...(blocked === undefined ? { selection: { selected, onChange: setSelected } } : {})}
          />
        )}
      </Answer>
      {remind === 'all' && blocked === undefined && <RemindDialog cycleId={cycle.cycleId} phase={phase} onClose={close} />}
      {remind === 'selected' && subjects.length > 0 && blocked === undefined && (
        <RemindDialog cycleId={cycle.cycleId} phase={phase} subjects={subjects} onClose={close} />
      )}
    </>
  );
}

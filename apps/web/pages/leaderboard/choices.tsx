import { type ReactElement, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../../pieces/address';
import { formatPeriod } from '../../pieces/format';
import { type Measure, MEASURES, type Scope, SCOPES } from './board-address';
import type { BoardCycle, Units } from './boards';

export interface ChoicesProps {
  readonly cycles: readonly BoardCycle[];
  readonly cycleId: string;
  readonly measure: Measure;
  readonly scope: Scope;
  readonly unit: string | undefined;
  readonly units: Units | undefined;
}

/** What board is looked at; all of it stands in the address. */
export function Choices({ cycles, cycleId, measure, scope, unit, units }: ChoicesProps): ReactElement {
  const { t } = useTranslation('leaderboard');
  const change = useChangeAddress();
  const offered = scope === 'region' ? (units?.regions ?? []) : (units?.teams ?? []);
  const chooseScope = (next: string): void => {
    const own = next === 'region' ? units?.own?.region : next === 'team' ? units?.own?.team : undefined;
    change({ scope: next === 'company' ? undefined : next, unit: own ?? undefined, after: undefined });
  };
  return (
    <div className="row board-choices">
      <Choice
        label={t('cycle')}
        value={cycleId}
        onChange={(cycle) => change({ cycle, unit: undefined, scope: undefined, after: undefined })}
      >
        {cycles.map((cycle) => (
          <option key={cycle.cycleId} value={cycle.cycleId}>
            {cycle.name.includes(cycle.period) ? cycle.name : `${formatPeriod(cycle.period)} ${cycle.name}`}
          </option>
        ))}
      </Choice>
      <Choice label={t('measureLabel')} value={measure} onChange={(next) => change({ measure: next, after: undefined })}>
        {MEASURES.map((one) => (
          <option key={one} value={one}>
            {t(`measure.${one}`)}
          </option>
        ))}
      </Choice>
      <Choice label={t('scopeLabel')} value={scope} onChange={chooseScope}>
        {SCOPES.map((one) => (
          <option key={one} value={one}>
            {t(`scope.${one}`)}
          </option>
        ))}
      </Choice>
      {scope !== 'company' && (
        <Choice
          label={t(`unit.${scope}`)}
          value={unit ?? ''}
          onChange={(next) => change({ unit: next === '' ? undefined : next, after: undefined })}
        >
          <option value="">{t('chooseUnit')}</option>
          {offered.map((one) => (
            <option key={one.unit} value={one.unit}>
              {t('unitOf', { unit: one.unit, count: one.ranked })}
            </option>
          ))}
        </Choice>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="plain-select" value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </div>
  );
}

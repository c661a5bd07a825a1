import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../../api/client';
import { useCommand } from '../../../api/command';
import { useChangeAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { Confirm } from '../../../pieces/confirm';
import { formatEnd, formatExact, formatInstant, formatPeriod } from '../../../pieces/format';
import { Panel } from '../../../pieces/page';
import { useToast } from '../../../pieces/toast';
import type { Preview, StartInput } from '../queries';
import { SchemeName } from '../scheme-name';
import { ScopeWords } from '../scope-words';
import { Derivation } from './derivation';
import type { StartForm, StartStep } from './input';
import { PreviewProblems } from './preview-problems';

export interface ConfirmStepProps {
  readonly form: StartForm;
  readonly input: StartInput;
  readonly preview: UseQueryResult<Preview>;
}

/** Everything once more, and the one button that starts it. */
export function ConfirmStep({ form, input, preview }: ConfirmStepProps): ReactElement {
  const { t } = useTranslation('cycles');
  return (
    <Answer query={preview} lines={8}>
      {(found) => (
        <>
          <PreviewProblems errors={found.errors} />
          <StartButton form={form} input={input} preview={found} isPreviewed={!preview.isPlaceholderData} />
          <Panel title={t('start.summary')}>
            <Summary input={input} preview={found} setAside={form.setAside.length} />
          </Panel>
          <Panel title={t('start.dates')} extra={<Edit step="dates" />}>
            <ul className="cards">
              {found.phases.map((phase) => (
                <li key={phase.phase}>
                  <strong>{t(`phase.${phase.phase}`)}</strong>{' '}
                  {phase.opensAt < phase.closesAt
                    ? t('bar.window', { first: formatInstant(phase.opensAt), last: formatEnd(phase.closesAt) })
                    : formatEnd(phase.closesAt)}
                  <div className="soft">
                    <Derivation phase={phase} phases={found.phases} />
                  </div>
                </li>
              ))}
            </ul>
          </Panel>
        </>
      )}
    </Answer>
  );
}

function Edit({ step }: { readonly step: StartStep }): ReactElement {
  const { t } = useTranslation('cycles');
  const change = useChangeAddress();
  return (
    <Button size="small" onClick={() => change({ step, after: undefined })}>
      {t('start.edit')} · {t(`start.steps.${step}`)}
    </Button>
  );
}

function StartButton({
  form,
  input,
  preview,
  isPreviewed,
}: {
  readonly form: StartForm;
  readonly input: StartInput;
  readonly preview: Preview;
  /** False while the preview is still that of what was chosen before. */
  readonly isPreviewed: boolean;
}): ReactElement {
  const { t } = useTranslation('cycles');
  const change = useChangeAddress();
  const say = useToast();
  const start = useCommand({
    send: (body: StartInput, header) => bodyOf(api.POST('/api/v1/cycles', { params: { header }, body })),
    touches: [['cycles']],
    onDone: ({ id }) => {
      form.dropDraft();
      say(t('start.started', { name: input.name }));
      change({ started: id });
    },
  });
  return (
    <div className="row" style={{ marginBottom: 16 }}>
      <Confirm
        primary
        act={t('start.act')}
        what={t('start.what', { count: preview.members, name: input.name })}
        blocked={preview.errors.length > 0 ? t('start.blocked') : undefined}
        ready={isPreviewed}
        problem={start.error}
        onConfirm={() => start.mutateAsync(input)}
      />
      <Edit step="scheme" />
      <Edit step="people" />
    </div>
  );
}

function Summary({
  input,
  preview,
  setAside,
}: {
  readonly input: StartInput;
  readonly preview: Preview;
  readonly setAside: number;
}): ReactElement {
  const { t } = useTranslation('cycles');
  const { scheme, members, excluded, calendar, ranked } = preview;
  const left = excluded.map(({ reason, count }) => `${t(`exclusion.${reason}`)} ${count}`);
  return (
    <>
      <dl className="figures">
        <div>
          <dt>{t('start.members')}</dt>
          <dd>{members}</dd>
        </div>
        <div>
          <dt>{t('start.period')}</dt>
          <dd>{formatPeriod(input.period)}</dd>
        </div>
        {setAside > 0 && (
          <div>
            <dt>{t('start.setAside')}</dt>
            <dd>{setAside}</dd>
          </div>
        )}
      </dl>
      <dl className="pairs" style={{ marginTop: 12 }}>
        <dt>{t('start.name')}</dt>
        <dd>{input.name}</dd>
        <dt>{t('start.scheme')}</dt>
        <dd>{scheme ? <SchemeName scheme={scheme} /> : input.schemeId}</dd>
        <dt>{t('start.scope')}</dt>
        <dd>
          <ScopeWords scope={input.scope ?? {}} />
        </dd>
        <dt>{t('start.excluded')}</dt>
        <dd>{left.length === 0 ? t('start.nobodyOut') : left.join(' · ')}</dd>
        <dt>{t('cycle.calendar')}</dt>
        <dd>
          {t('cycle.calendarText', {
            region: t(`calendarRegion.${calendar.region === 'WEEKDAYS' ? 'WEEKDAYS' : 'CN'}`),
            zone: calendar.zone,
          })}
        </dd>
        <dt>{t('cycle.ranked')}</dt>
        <dd>{ranked ? t('cycle.rankedYes') : t('cycle.rankedNo')}</dd>
      </dl>
      {input.dayLengthMs !== undefined && (
        <p className="soft">{t('cycle.shortDays', { seconds: formatExact(String(input.dayLengthMs / 1000)) })}</p>
      )}
    </>
  );
}

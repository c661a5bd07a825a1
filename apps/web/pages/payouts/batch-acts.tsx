import { type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactElement, type ReactNode, useContext, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ifMatch } from '../../api/intent';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { ProblemError } from '../../api/problem';
import { useMe } from '../../app/session';
import { Confirm } from '../../pieces/confirm';
import { formatAmount, formatPeriod } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { useToast } from '../../pieces/toast';
import { Changed, isOther } from './batch-changed';
import { sumAmounts } from './money';
import { useTicked } from './ticked';
import type { ActBody, Batch, Figures } from './payout-queries';
import { type ActName, standingOf } from './payout-words';

const CODES = ['wrong-amount', 'wrong-person', 'missing-line', 'should-be-held', 'data-not-final'] as const;

export interface ActProps {
  readonly batch: Batch;
  readonly figures: Figures | undefined;
}

interface Act {
  readonly command: UseMutationResult<unknown, ProblemError, ActBody>;
  /** What differs where the batch was changed meanwhile: it says more than the refusal, which is no `problem` then. */
  readonly changed: ReactElement;
  readonly problem: ProblemError | null;
}

/** Told of the batch that somebody decided on, when it had changed meanwhile: an act that is gone then can't say so itself. */
const Overtaken = createContext<(seen: Batch | undefined) => void>(() => undefined);

/**
 * Sends an act on the batch as it is shown. `seen`: refused when somebody changed the batch meanwhile; acts on single lines go
 * without it, since what others did to other lines is no reason to refuse them.
 */
export function useAct(batch: Batch, done: string, { seen = true } = {}): Act {
  const say = useToast();
  const queries = useQueryClient();
  const overtaken = useContext(Overtaken);
  const [decidedOn, setDecidedOn] = useState<Batch | undefined>(undefined);
  const command = useCommand({
    send: async (body: ActBody, headers) => {
      try {
        return await bodyOf(
          api.POST('/api/v1/payouts/{batchId}/acts', {
            params: { path: { batchId: batch.batchId }, header: { ...headers, ...(seen ? ifMatch(batch.version) : {}) } },
            body,
          }),
        );
      } catch (error) {
        setDecidedOn(batch);
        if (error instanceof ProblemError && changedMeanwhile(error)) overtaken(batch);
        // What it is now stands beside what was decided on as soon as the refusal does.
        await queries.invalidateQueries({ queryKey: ['payouts'] });
        throw error;
      }
    },
    touches: [['payouts'], ['todo']],
    onDone: () => {
      overtaken(undefined);
      say(done);
    },
  });
  const before = command.error && changedMeanwhile(command.error) ? decidedOn : undefined;
  return {
    command,
    changed: <Changed before={before} now={batch} />,
    problem: isOther(before, batch) ? null : command.error,
  };
}

function changedMeanwhile(error: ProblemError): boolean {
  return error.isConflict || error.code === 'payout.not-at-this-stage' || error.code === 'payout.released-already';
}

/** What this person may do with the batch now, or will be asked for next. */
export function BatchActs(props: ActProps): ReactElement | null {
  const { t } = useTranslation('payouts');
  const me = useMe();
  const [overtaken, setOvertaken] = useState<Batch | undefined>(undefined);
  const isSeen = (act: ActName): boolean => standingOf(act, props.batch, me, t) !== 'absent';
  const isAny = (['check', 'approve', 'release', 'acknowledge', 'cancel'] as const).some(isSeen);
  if (!isAny) return <Changed before={overtaken} now={props.batch} />;
  return (
    <Panel>
      <Changed before={overtaken} now={props.batch} />
      <Overtaken value={setOvertaken}>
        <div className="row">
          {isSeen('check') && <Check {...props} />}
          {isSeen('check') && <CheckFailed {...props} />}
          {isSeen('approve') && <Approve {...props} />}
          {isSeen('release') && <Release {...props} />}
          {isSeen('acknowledge') && <Acknowledge {...props} />}
          {isSeen('cancel') && <Cancel {...props} />}
        </div>
      </Overtaken>
    </Panel>
  );
}

/** Money and people of the batch in words, as each act names them. */
function useNamed({ batch, figures }: ActProps): Record<'cycle' | 'people' | 'lines' | 'total' | 'held', string> {
  return {
    cycle: batch.cycleName ?? formatPeriod(batch.period),
    people: String(batch.statements),
    lines: String(batch.lines),
    total: formatAmount(batch.total),
    held: formatAmount(figures?.byStatus.find(({ status }) => status === 'held')?.total ?? '0'),
  };
}

/** Why it can't be done now, as `Confirm` takes it. */
function useBlocked(act: ActName, batch: Batch): string | undefined {
  const { t } = useTranslation('payouts');
  const standing = standingOf(act, batch, useMe(), t);
  return typeof standing === 'object' ? standing.why : undefined;
}

function Check(props: ActProps): ReactElement {
  const { t } = useTranslation('payouts');
  const { command, changed, problem } = useAct(props.batch, t('check.done'));
  const named = useNamed(props);
  return (
    <Confirm
      act={t('check.act')}
      primary
      blocked={useBlocked('check', props.batch)}
      what={
        <>
          <p>{t('check.what', named)}</p>
          {changed}
        </>
      }
      problem={problem}
      onConfirm={() => command.mutateAsync({ act: 'check', passed: true, findings: [] })}
    />
  );
}

function CheckFailed({ batch }: ActProps): ReactElement | null {
  const { t } = useTranslation('payouts');
  const { ticked } = useTicked();
  const [code, setCode] = useState<string>(CODES[0]);
  const { command, changed, problem } = useAct(batch, t('check.failDone'));
  const id = useId();
  if (useBlocked('check', batch) !== undefined) return null;
  const findings = ticked.length === 0 ? [{ code }] : ticked.map(({ lineId }) => ({ code, lineId }));
  const lines = ticked.length === 0 ? t('check.failBatch') : t('check.failLines', { count: ticked.length });
  return (
    <Confirm
      act={t('check.failAct')}
      what={
        <div className="stack">
          <p>{t('check.failWhat', { lines })}</p>
          <Field id={id} label={t('check.code')}>
            <select id={id} className="plain-select" value={code} onChange={(event) => setCode(event.target.value)}>
              {CODES.map((one) => (
                <option key={one} value={one}>
                  {t(`check.codes.${one}`)}
                </option>
              ))}
            </select>
          </Field>
          {changed}
        </div>
      }
      problem={problem}
      onConfirm={() => command.mutateAsync({ act: 'check', passed: false, findings })}
    />
  );
}

function Approve(props: ActProps): ReactElement {
  const { t } = useTranslation('payouts');
  const { command, changed, problem } = useAct(props.batch, t('approve.done'));
  const named = useNamed(props);
  return (
    <Confirm
      act={t('approve.act')}
      primary
      blocked={useBlocked('approve', props.batch)}
      what={
        <>
          <p>{t('approve.what', { ...named, checker: props.batch.checkedByName ?? '–' })}</p>
          {changed}
        </>
      }
      problem={problem}
      onConfirm={() => command.mutateAsync({ act: 'approve' })}
    />
  );
}

function Release(props: ActProps): ReactElement {
  const { t } = useTranslation('payouts');
  // Holds of appeals that are open are set with the release: it is decided on what is there then, and its file must match.
  const { command, changed, problem } = useAct(props.batch, t('release.done'), { seen: false });
  const named = useNamed(props);
  const payable = props.figures?.byStatus.find(({ status }) => status === 'computed');
  return (
    <Confirm
      act={t('release.act')}
      primary
      blocked={useBlocked('release', props.batch)}
      what={
        <>
          <p>{t('release.what', { ...named, lines: payable?.lines ?? 0, total: formatAmount(payable?.total ?? '0') })}</p>
          {changed}
        </>
      }
      problem={problem}
      onConfirm={() => command.mutateAsync({ act: 'release' })}
    />
  );
}

/** All that went out and payroll has not answered for, or the lines that are ticked. */
function Acknowledge({ batch, figures }: ActProps): ReactElement {
  const { t } = useTranslation('payouts');
  const { ticked, tick } = useTicked();
  const [reference, setReference] = useState('');
  const [isWhole, setWhole] = useState(false);
  const { command, changed, problem } = useAct(batch, t('acknowledge.done'), { seen: false });
  const id = useId();
  const owed = figures?.byStatus.find(({ status }) => status === 'released');
  const open = ticked.filter(({ status }) => status === 'released');
  const chosen = isWhole ? [] : open;
  const whole = { count: owed?.lines ?? 0, total: formatAmount(owed?.total ?? '0') };
  const own = { count: chosen.length, total: formatAmount(sumAmounts(chosen.map(({ amount }) => amount))) };
  const send = async (): Promise<void> => {
    const lineIds = chosen.length === 0 ? {} : { lineIds: chosen.map(({ lineId }) => lineId) };
    await command.mutateAsync({ act: 'acknowledge', ...lineIds, reference: reference.trim() });
    setReference('');
    setWhole(false);
    tick([]);
  };
  return (
    <Confirm
      act={t('acknowledge.act')}
      primary
      blocked={useBlocked('acknowledge', batch)}
      ready={reference.trim() !== ''}
      what={
        <div className="stack">
          {open.length > 0 && (
            <fieldset>
              <legend>{t('acknowledge.which')}</legend>
              <div className="stack">
                <label>
                  <input type="radio" name={id} checked={!isWhole} onChange={() => setWhole(false)} /> {t('acknowledge.chosen', own)}
                </label>
                <label>
                  <input type="radio" name={id} checked={isWhole} onChange={() => setWhole(true)} /> {t('acknowledge.whole', whole)}
                </label>
              </div>
            </fieldset>
          )}
          <p>{chosen.length > 0 ? t('acknowledge.whatChosen', own) : t('acknowledge.what', whole)}</p>
          {open.length === 0 && <p className="soft">{t('acknowledge.tickFirst')}</p>}
          <Field id={`${id}-reference`} label={t('acknowledge.reference')}>
            <input
              id={`${id}-reference`}
              className="plain-input"
              value={reference}
              maxLength={120}
              onChange={(event) => setReference(event.target.value)}
            />
          </Field>
          {changed}
        </div>
      }
      problem={problem}
      onConfirm={send}
    />
  );
}

function Cancel(props: ActProps): ReactElement {
  const { t } = useTranslation('payouts');
  const [reason, setReason] = useState('');
  const { command, changed, problem } = useAct(props.batch, t('cancel.done'));
  const id = useId();
  const named = useNamed(props);
  return (
    <Confirm
      act={t('cancel.act')}
      danger
      blocked={useBlocked('cancel', props.batch)}
      ready={reason.trim() !== ''}
      what={
        <div className="stack">
          <p>{t('cancel.what', named)}</p>
          <Field id={id} label={t('cancel.reason')}>
            <input id={id} className="plain-input" value={reason} maxLength={120} onChange={(event) => setReason(event.target.value)} />
          </Field>
          {changed}
        </div>
      }
      problem={problem}
      onConfirm={() => command.mutateAsync({ act: 'cancel', reason: reason.trim() })}
    />
  );
}

export function Field({
  id,
  label,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

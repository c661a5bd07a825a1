import { Button, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDifference } from '../../pieces/format';
import { LongText } from '../../pieces/long-text';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { isAmount, leftOver } from './decomposition';
import { usePlanWords } from '../../pieces/plan-words';
import { type Plan, type PlanAct, type Requirement, useAct, WORDS_MOST } from './plans';

interface Part {
  readonly label: string;
  readonly value: string;
}
const EMPTY: Part = { label: '', value: '' };
const PARTS = 60;

/** Logs one piece of evidence for a requirement, asking for just what its measure needs. */
export function LogEvidence({
  plan,
  stage,
  requirement,
}: {
  readonly plan: Plan;
  readonly stage: number;
  readonly requirement: Requirement;
}): ReactElement {
  const { t } = useTranslation('coaching');
  const { t: common } = useTranslation('common');
  const say = useToast();
  const words = usePlanWords();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [value, setValue] = useState('');
  const [target, setTarget] = useState('');
  const [parts, setParts] = useState<readonly Part[]>([EMPTY, EMPTY]);
  const [note, setNote] = useState('');
  const act = useAct(plan.planId, () => {
    setOpen(false);
    setValue('');
    setNote('');
    say(t('evidence.logged'));
  });
  const { measure, key } = requirement;
  const used = parts.filter((part) => part.label.trim() !== '' || part.value.trim() !== '');
  const left = leftOver(
    target,
    used.map((part) => part.value),
  );
  const isReady =
    measure === 'done' || (measure === 'decomposition' ? left === '0' && used.every((part) => part.label.trim() !== '') : isAmount(value));
  const send = (): void => {
    const text = note.trim();
    const body: PlanAct = {
      act: 'log-evidence',
      stage,
      requirement: key,
      ...(text === '' ? {} : { note: text }),
      ...(measure === 'decomposition'
        ? { decomposition: { target: target.trim(), parts: used.map((part) => ({ label: part.label.trim(), value: part.value.trim() })) } }
        : measure === 'done'
          ? {}
          : { value: value.trim() }),
    };
    act.mutate({ act: body });
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} aria-label={t('evidence.logFor', { what: words.requirement(key) })}>
        {t('evidence.log')}
      </Button>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        title={t('evidence.logFor', { what: words.requirement(key) })}
        okText={t('evidence.submit')}
        cancelText={common('cancel')}
        okButtonProps={{ disabled: !isReady, loading: act.isPending }}
        onOk={send}
        destroyOnHidden
      >
        <div className="stack">
          <p>{words.asked(requirement)}</p>
          {measure === 'decomposition' ? (
            <Decompose target={target} onTarget={setTarget} parts={parts} onParts={setParts} left={left} />
          ) : measure === 'done' ? null : (
            <div className="field">
              <label htmlFor={`${id}-value`}>{t(`evidence.value.${measure}`)}</label>
              <input
                id={`${id}-value`}
                className="plain-input"
                inputMode="decimal"
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
            </div>
          )}
          <div className="field">
            <label htmlFor={`${id}-note`}>
              {t('evidence.note')} <span className="soft">{common('optional')}</span>
            </label>
            <LongText id={`${id}-note`} rows={3} most={WORDS_MOST} value={note} onChange={setNote} />
          </div>
          {act.error && <ProblemNote problem={act.error.problem} />}
        </div>
      </Modal>
    </>
  );
}

interface DecomposeProps {
  readonly target: string;
  readonly onTarget: (target: string) => void;
  readonly parts: readonly Part[];
  readonly onParts: (parts: readonly Part[]) => void;
  readonly left: string | undefined;
}

/** A target in parts; what is left to share out is told as it is typed, exactly. */
function Decompose({ target, onTarget, parts, onParts, left }: DecomposeProps): ReactElement {
  const { t } = useTranslation('coaching');
  const id = useId();
  const change = (index: number, next: Partial<Part>): void =>
    onParts(parts.map((part, at) => (at === index ? { ...part, ...next } : part)));
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor={`${id}-target`}>{t('evidence.target')}</label>
        <input
          id={`${id}-target`}
          className="plain-input"
          inputMode="decimal"
          value={target}
          onChange={(event) => onTarget(event.target.value)}
        />
      </div>
      <fieldset className="parts">
        <legend>{t('evidence.parts')}</legend>
        {parts.map((part, index) => (
          // Parts have no name of their own until one is typed.
          <div className="pair" key={`part-${index}`}>
            <input
              className="plain-input"
              aria-label={t('evidence.partLabel', { number: index + 1 })}
              placeholder={t('evidence.partHint')}
              maxLength={120}
              value={part.label}
              onChange={(event) => change(index, { label: event.target.value })}
            />
            <input
              className="plain-input number"
              aria-label={t('evidence.partValue', { number: index + 1 })}
              inputMode="decimal"
              value={part.value}
              onChange={(event) => change(index, { value: event.target.value })}
            />
          </div>
        ))}
      </fieldset>
      <div className="row">
        <Button size="small" disabled={parts.length >= PARTS} onClick={() => onParts([...parts, EMPTY])}>
          {t('evidence.addPart')}
        </Button>
        <span role="status">
          {left === undefined
            ? t('evidence.fillIn')
            : left === '0'
              ? `✓ ${t('evidence.sums')}`
              : `▲ ${t('evidence.left', { amount: formatDifference(left) })}`}
        </span>
      </div>
    </div>
  );
}

import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { Deadline } from '../../pieces/deadline';
import { formatAmount, formatDay, formatExact, formatInstant } from '../../pieces/format';
import { Mark, type MarkKind } from '../../pieces/mark';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { LogEvidence } from './evidence-form';
import { JudgeGate } from './judge-gate';
import { nextGate, usePlanWords } from '../../pieces/plan-words';
import { type Evidence, type Gate, isOver, type Plan, type Requirement, type Stage, useAct } from './plans';

const MARKS: Readonly<Record<Gate['state'], MarkKind>> = { passed: 'good', overdue: 'bad', open: 'run' };

/** Every stage with its gate: what is asked for, what is there, and what one may do about it. */
export function Gates({ plan }: { readonly plan: Plan }): ReactElement {
  const next = nextGate(plan);
  return (
    <div className="gates">
      {plan.stages.map((stage) => {
        const gate = plan.gates.find((one) => one.stage === stage.stage);
        return gate ? <StageGate key={stage.stage} plan={plan} stage={stage} gate={gate} isNext={gate.stage === next?.stage} /> : null;
      })}
    </div>
  );
}

interface StageGateProps {
  readonly plan: Plan;
  readonly stage: Stage;
  readonly gate: Gate;
  readonly isNext: boolean;
}

function StageGate({ plan, stage, gate, isNext }: StageGateProps): ReactElement {
  const { t } = useTranslation('coaching');
  const words = usePlanWords();
  const me = useMe();
  const notes = plan.notes.filter((note) => note.stage === stage.stage && note.what !== 'EvidenceLogged');
  return (
    <details open={isNext}>
      <summary>
        <strong>{words.stage(stage)}</strong>
        <Mark kind={gate.state === 'open' && !isNext ? 'plain' : MARKS[gate.state]}>
          {t(gate.state === 'open' && isNext ? 'gate.now' : `gate.${gate.state}`)}
        </Mark>
        <span className="soft">{t('gate.due', { day: formatDay(gate.dueDay) })}</span>
      </summary>
      <div className="stack inside">
        {isNext && gate.state !== 'passed' && !isOver(plan.status.status) && <Deadline at={gate.dueAt} />}
        <p className="soft">
          {t('gate.days', { from: stage.fromDay, to: stage.toDay })} · {t('loop')}
          {gate.attempts > 0 && ` · ${t('gate.attempts', { count: gate.attempts })}`}
        </p>
        <ul className="cards">
          {stage.requirements.map((requirement) => (
            <RequirementRow key={requirement.key} plan={plan} stage={stage} requirement={requirement} gate={gate} />
          ))}
        </ul>
        {notes.map((note) => (
          <blockquote key={note.at}>
            {note.text ?? t('erased')}
            <div className="soft">
              {note.byName ?? t('erased')} · {formatInstant(note.at)}
            </div>
          </blockquote>
        ))}
        {me.subject === plan.coach && gate.state !== 'passed' && !isOver(plan.status.status) && <JudgeGate plan={plan} gate={gate} />}
      </div>
    </details>
  );
}

interface RequirementRowProps {
  readonly plan: Plan;
  readonly stage: Stage;
  readonly requirement: Requirement;
  readonly gate: Gate;
}

function RequirementRow({ plan, stage, requirement, gate }: RequirementRowProps): ReactElement {
  const { t } = useTranslation('coaching');
  const words = usePlanWords();
  const me = useMe();
  const evidence = plan.evidence.filter((item) => item.stage === stage.stage && item.requirement === requirement.key);
  const isMet = gate.state === 'passed' || !gate.missing.includes(requirement.key);
  const takesPart = [plan.subject, plan.coach, plan.mentor].includes(me.subject);
  return (
    <li>
      <div className="row">
        <Mark kind={isMet ? 'good' : 'warn'}>{isMet ? t('gate.met') : t('gate.missing')}</Mark>
        <span>{words.asked(requirement)}</span>
        {requirement.byCoach && <span className="soft">{t('gate.byCoach')}</span>}
        {takesPart && gate.state !== 'passed' && !isOver(plan.status.status) && (
          <LogEvidence plan={plan} stage={stage.stage} requirement={requirement} />
        )}
      </div>
      {evidence.length > 0 && (
        <ul className="evidence">
          {evidence.map((item) => (
            <EvidenceRow key={item.evidenceId} plan={plan} item={item} requirement={requirement} />
          ))}
        </ul>
      )}
    </li>
  );
}

function EvidenceRow({
  plan,
  item,
  requirement,
}: {
  readonly plan: Plan;
  readonly item: Evidence;
  readonly requirement: Requirement;
}): ReactElement {
  const { t } = useTranslation('coaching');
  const words = usePlanWords();
  const me = useMe();
  const say = useToast();
  const act = useAct(plan.planId, () => say(t('evidence.accepted')));
  const what = words.requirement(item.requirement);
  return (
    <li>
      <div className="row">
        {item.value !== null && <strong className="number">{formatExact(item.value)}</strong>}
        <span>
          {item.byName ?? t('erased')} · {formatInstant(item.loggedAt)}
        </span>
        {requirement.byCoach && <span className="soft">{item.byCoach ? t('evidence.byCoach') : t('evidence.waiting')}</span>}
        {!item.byCoach && me.subject === plan.coach && !isOver(plan.status.status) && (
          <Button
            size="small"
            loading={act.isPending}
            aria-label={t('evidence.acceptWhat', { what })}
            onClick={() => act.mutate({ act: { act: 'accept-evidence', evidenceId: item.evidenceId } })}
          >
            {t('evidence.accept')}
          </Button>
        )}
      </div>
      {item.note !== null && <p className="said">{item.note}</p>}
      {item.decomposition && (
        <table className="plain parts">
          <caption className="hidden">{what}</caption>
          <tbody>
            {item.decomposition.parts.map((part) => (
              <tr key={`${part.label} ${part.value}`}>
                <th scope="row">{part.label}</th>
                <td className="number">{formatAmount(part.value)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('evidence.target')}</th>
              <td className="number">
                <strong>{formatAmount(item.decomposition.target)}</strong>
              </td>
            </tr>
          </tbody>
        </table>
      )}
      {act.error && <ProblemNote problem={act.error.problem} />}
    </li>
  );
}

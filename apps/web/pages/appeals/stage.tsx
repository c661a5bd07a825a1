import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Deadline } from '../../pieces/deadline';
import { Mark, type MarkKind } from '../../pieces/mark';
import { type AppealFile, type AppealOnBoard, kindOfStage, type Stage } from './appeal';

type Verdict = AppealOnBoard['verdict'];
const VERDICTS: Readonly<Record<NonNullable<Verdict>, MarkKind>> = { upheld: 'good', partly: 'warn', dismissed: 'bad' };

/** Where it stands; what was decided stands beside it once it is. */
export function StageMark({ stage, verdict }: { readonly stage: Stage; readonly verdict: Verdict }): ReactElement {
  const { t } = useTranslation('appeals');
  return (
    <span className="row">
      <Mark kind={kindOfStage(stage)}>{t(`stage.${stage}`)}</Mark>
      {verdict !== null && <VerdictMark verdict={verdict} />}
    </span>
  );
}

export function VerdictMark({ verdict }: { readonly verdict: NonNullable<Verdict> }): ReactElement {
  const { t } = useTranslation('appeals');
  return <Mark kind={VERDICTS[verdict]}>{t(`verdict.${verdict}`)}</Mark>;
}

const OVER: ReadonlySet<Stage> = new Set(['withdrawn', 'closed']);

/** The clock of the stage, or why there is none. */
export function Clock({ of: { stage, due, overdue } }: { readonly of: Pick<AppealFile, 'stage' | 'due' | 'overdue'> }): ReactElement {
  const { t } = useTranslation('appeals');
  if (OVER.has(stage)) return <span className="soft">{t('clock.over')}</span>;
  if (stage === 'panel-not-seatable') return <Mark kind="warn">{t('clock.stopped')}</Mark>;
  if (due === null) return <span className="soft">{t('clock.system')}</span>;
  return (
    <span className="row clocks">
      {overdue && <Mark kind="bad">{t('clock.overdue')}</Mark>}
      <Deadline at={due.at} />
    </span>
  );
}

import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '../../app/session';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatInstant } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import type { AppealFile } from './appeal';
import { titleOf } from './case-lines';
import { VerdictMark } from './stage';
import { ValueShown } from './value';

/** The decision with its reasons, and what it changed: the original stays beside the amended. */
export function CaseDecision({ file }: { readonly file: AppealFile }): ReactElement | null {
  const { t } = useTranslation('appeals');
  const me = useMe();
  const { decision, votes, closing } = file;
  const reasons = file.moments.filter(({ what }) => what === 'FactOwnerCorrected' || what === 'AppealDeclined');
  if (!decision && votes.length === 0 && !(file.stage === 'declined' || file.stage === 'declined-final')) return null;
  return (
    <Panel title={decision ? t('case.decision') : votes.length > 0 ? t('case.votesSoFar') : t('case.declined')}>
      {decision && (
        <>
          <p className="row" style={{ marginTop: 0 }}>
            <VerdictMark verdict={decision.verdict} />
            <span>{t(`settled.${decision.settledBy}`)}</span>
            <span className="soft">{formatInstant(decision.decidedAt)}</span>
          </p>
          <Effect file={file} />
          {decision.redoStep !== null && (
            <p className="note">
              {t('case.redo')}{' '}
              {file.amended === null && hasRole(me, 'hr', 'manager') && me.subject !== file.appellant.subject && (
                <Link to="/team/redo/$appraisalId/$appealId" params={{ appraisalId: file.appraisalId, appealId: file.appealId }}>
                  {t('case.redoOpen')}
                </Link>
              )}
            </p>
          )}
        </>
      )}
      {votes.length > 0 && (
        <ul className="cards" aria-label={t('case.votes')}>
          {votes.map((vote) => (
            <Vote key={vote.member.subject} vote={vote} file={file} />
          ))}
        </ul>
      )}
      {votes.length === 0 &&
        reasons.map(({ at, text }) => (
          <p key={at} className="said">
            {text}
          </p>
        ))}
      {closing && (
        <p className="soft">
          {closing.schemeAtFault === null ? t('case.faultUnanswered') : t(closing.schemeAtFault ? 'case.faultYes' : 'case.faultNo')}
        </p>
      )}
    </Panel>
  );
}

function Vote({ vote, file }: { readonly vote: AppealFile['votes'][number]; readonly file: AppealFile }): ReactElement {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  return (
    <li>
      <div className="row">
        <strong>{vote.member.name ?? c('erased')}</strong>
        <span>{t(`vote.${vote.verdict}`)}</span>
        {vote.values.map(({ line, value }) => {
          const contested = file.lines.find((one) => one.line === line);
          return (
            <span key={line}>
              {contested ? titleOf(contested) : line} <ValueShown value={value} form={contested?.form ?? null} />
            </span>
          );
        })}
      </div>
      {vote.reason !== null && <p className="said">{vote.reason}</p>}
    </li>
  );
}

/** Score, grade and pay before and after. */
function Effect({ file }: { readonly file: AppealFile }): ReactElement {
  const { t } = useTranslation('appeals');
  const { published, amended } = file;
  if (amended === null) return <p>{file.decision?.verdict === 'dismissed' ? t('case.nothingChanged') : t('case.beingAmended')}</p>;
  const rows = [
    { name: t('case.score'), was: published.score, now: amended.score, key: 'score' },
    { name: t('case.grade'), was: published.grade, now: amended.grade, key: 'grade' },
    ...(published.pay === undefined ? [] : [{ name: t('case.pay'), was: published.pay, now: amended.pay ?? null, key: 'pay' }]),
  ];
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('case.whatChanged')}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('case.whatChanged')}</th>
            <th scope="col" className="number">
              {t('case.original')}
            </th>
            <th scope="col" className="number">
              {t('case.amended')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, was, now, key }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td className="number">{was === null ? '–' : formatAmount(was)}</td>
              <td className="number">
                {now === null ? (
                  '–'
                ) : file.explains && key !== 'pay' ? (
                  <Explained of={explainScore(file.appraisalId, key)}>{formatAmount(now)}</Explained>
                ) : (
                  formatAmount(now)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

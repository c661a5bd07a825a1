import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../../pieces/mark';
import type { Finding } from '../queries';
import { inLanguage } from '../words';

/** What was found about a field, beside it. */
export function FindingNotes({ findings }: { readonly findings: readonly Finding[] }): ReactElement | null {
  const { t } = useTranslation('schemes');
  if (findings.length === 0) return null;
  return (
    <ul className="finding-notes">
      {findings.slice(0, 5).map((finding) => (
        <li key={keyOf(finding)} className={finding.severity === 'error' ? 'wrong' : undefined}>
          <Mark kind={finding.severity === 'error' ? 'bad' : 'warn'}>{t(`finding.${finding.severity}`)}</Mark>{' '}
          {inLanguage(finding.sentence)}
        </li>
      ))}
    </ul>
  );
}

export interface FindingListProps {
  readonly findings: readonly Finding[];
  readonly onJump: (finding: Finding) => void;
}

/** All that was found, each leading to its field. */
export function FindingList({ findings, onJump }: FindingListProps): ReactElement {
  const { t } = useTranslation('schemes');
  return (
    <ul className="finding-list" aria-label={t('finding.list')}>
      {findings.map((finding) => (
        <li key={keyOf(finding)}>
          <button type="button" onClick={() => onJump(finding)}>
            <Mark kind={finding.severity === 'error' ? 'bad' : 'warn'}>{t(`finding.${finding.severity}`)}</Mark>{' '}
            {inLanguage(finding.sentence)}
            <span className="soft">
              {' '}
              {t('finding.at', { line: finding.line, column: finding.column })} <code>{finding.path}</code>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function keyOf({ code, path, line, column, detail }: Finding): string {
  return `${code} ${path} ${line}:${column} ${detail}`;
}

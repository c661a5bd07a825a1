import { type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../../pieces/mark';
import type { Finding } from '../queries';
import { usePlaceNames } from './place-name';

/** What was found about a field, beside it. */
export function FindingNotes({ findings }: { readonly findings: readonly Finding[] }): ReactElement | null {
  return findings.length === 0 ? null : <Notes findings={findings.slice(0, 5)} />;
}

function Notes({ findings }: { readonly findings: readonly Finding[] }): ReactElement {
  const { t } = useTranslation('schemes');
  const { sentenceOf } = usePlaceNames();
  return (
    <ul className="finding-notes">
      {findings.map((finding) => (
        <li key={keyOf(finding)} className={finding.severity === 'error' ? 'wrong' : undefined}>
          <Mark kind={finding.severity === 'error' ? 'bad' : 'warn'}>{t(`finding.${finding.severity}`)}</Mark> {sentenceOf(finding)}
        </li>
      ))}
    </ul>
  );
}

export interface FindingListProps {
  readonly findings: readonly Finding[];
  readonly onJump: (finding: Finding) => void;
}

/** All that was found, each leading to its field; line and path of the text are there to whoever points at it. */
export function FindingList({ findings, onJump }: FindingListProps): ReactElement {
  const { t } = useTranslation('schemes');
  const { placeOf, sentenceOf } = usePlaceNames();
  return (
    <ul className="finding-list" aria-label={t('finding.list')}>
      {findings.map((finding) => (
        <li key={keyOf(finding)}>
          <button
            type="button"
            onClick={() => onJump(finding)}
            title={`${t('finding.at', { line: finding.line, column: finding.column })} ${finding.path}`.trimEnd()}
          >
            <Mark kind={finding.severity === 'error' ? 'bad' : 'warn'}>{t(`finding.${finding.severity}`)}</Mark> {sentenceOf(finding)}
            <span className="soft place">{placeOf(finding)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function keyOf({ code, path, line, column, detail }: Finding): string {
  return `${code} ${path} ${line}:${column} ${detail}`;
}

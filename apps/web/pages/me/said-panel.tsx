import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatExact } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { RatingShown } from '../../pieces/rating-field';
import { language } from '../../texts';
import type { Detail, Process, Submitted } from './queries';
import { nameIn, type Version } from './submitted';

/** Shown side by side: more would not fit, and no scheme asks for more of them. */
const MOST_COLUMNS = 6;

interface Column {
  readonly key: string;
  readonly title: string;
  readonly by: string | null;
  readonly said: Version;
}

/** What the person, the manager and whoever else reviews submitted, line by line and in words. */
export function SaidPanel({ detail, process }: { readonly detail: Detail; readonly process: Process }): ReactElement | null {
  const { t } = useTranslation('me');
  const columns = useColumns(detail, process);
  if (columns.length === 0 && detail.groups.length === 0) return null;
  return (
    <Panel title={t('said.title')}>
      {columns.length > 0 && <Ratings columns={columns} process={process} />}
      <Comments columns={columns} />
      {detail.groups.map((group) => (
        <Group key={group.group} group={group} process={process} />
      ))}
      <Earlier detail={detail} process={process} />
    </Panel>
  );
}

function useColumns(detail: Detail, process: Process): readonly Column[] {
  const { t } = useTranslation('me');
  return detail.submissions.slice(0, MOST_COLUMNS).flatMap((task, index): Column[] => {
    const said = task.versions.at(-1);
    if (!said) return [];
    return [
      { key: `${task.step} ${index}`, title: titleOf(task, t), by: task.step === 'self-review' ? null : nameIn(process, said.by), said },
    ];
  });
}

type Say = ReturnType<typeof useTranslation<'me'>>['t'];

function titleOf({ step, department, part, level }: Submitted, t: Say): string {
  if (step === 'self-review') return t('said.mine');
  if (step === 'second-review') return level === null ? t('said.second') : t('said.level', { level });
  if (department !== null) return t('said.department', { department });
  return part === null ? t('said.manager') : `${t('said.manager')} · ${t('said.part', { part })}`;
}

function Ratings({ columns, process }: { readonly columns: readonly Column[]; readonly process: Process }): ReactElement | null {
  const { t } = useTranslation('me');
  const lines = process.lines.filter(({ key }) => columns.some(({ said }) => said.ratings?.[key] !== undefined));
  if (lines.length === 0) return null;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('said.title')}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('said.line')}</th>
            {columns.map(({ key, title, by }) => (
              <th key={key} scope="col" className="number">
                {title}
                {by !== null && <div className="soft name">{by}</div>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th scope="row">{line.title[language()]}</th>
              {columns.map(({ key, said }) => (
                <td key={key} className="number">
                  {said.ratings === null ? (
                    <span className="soft">–</span>
                  ) : (
                    <RatingShown line={line} given={said.ratings[line.key]} notes={said.notes} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Comments({ columns }: { readonly columns: readonly Column[] }): ReactElement | null {
  const { t } = useTranslation('me');
  if (columns.length === 0) return null;
  return (
    <>
      <h3 className="gap">{t('said.comments')}</h3>
      <ul className="plain-list">
        {columns.map(({ key, title, by, said }) => (
          <li key={key}>
            <span className="soft">{t('said.of', { who: by === null ? title : `${title} · ${by}` })}</span>
            {said.comment ?? (
              <span className="soft">{said.ratings === null && by !== null ? t('said.approvedOnly') : t('said.noComment')}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Group({ group, process }: { readonly group: Detail['groups'][number]; readonly process: Process }): ReactElement | null {
  const { t } = useTranslation('me');
  if (group.means.length === 0) return null;
  return (
    <>
      <h3 className="gap">
        {t('said.groups')} · {t(`said.groupOf.${group.group}`, { count: group.raters })}
      </h3>
      <dl className="pairs">
        {group.means.map(({ line, mean }) => (
          <div key={line} className="pair">
            <dt>{process.lines.find(({ key }) => key === line)?.title[language()] ?? line}</dt>
            <dd>{formatExact(mean)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Versions from before something was sent back: kept, and folded. */
function Earlier({ detail, process }: { readonly detail: Detail; readonly process: Process }): ReactElement | null {
  const { t } = useTranslation('me');
  const earlier = detail.submissions.flatMap((task, index) =>
    task.versions
      .slice(0, -1)
      .map((said, version) => ({ key: `${index} ${version}`, title: titleOf(task, t), by: nameIn(process, said.by), said })),
  );
  if (earlier.length === 0) return null;
  return (
    <details className="gap">
      <summary>{t('said.earlier', { count: earlier.length })}</summary>
      <Ratings columns={earlier} process={process} />
      <Comments columns={earlier} />
    </details>
  );
}

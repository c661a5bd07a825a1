import { type ReactElement, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../pieces/mark';
import { language } from '../../texts';
import type { GradeGroup } from './queries';

/** What a grade is called; those without one have their own words. */
export function useGradeName(): (grade: GradeGroup['grades'][number]) => string {
  const { t } = useTranslation('cycles');
  return useCallback(
    ({ grade, title }) => {
      if (grade === null) return t('spread.noGrade');
      const name = title?.[language()];
      return name === undefined || name === grade ? grade : `${grade} ${name}`;
    },
    [t],
  );
}

/** Each grade of a group with how many have it, how many are meant to, and the limit. */
export function GradesTable({ group }: { readonly group: GradeGroup }): ReactElement {
  const { t } = useTranslation('cycles');
  const nameOf = useGradeName();
  const hasTarget = group.grades.some(({ target }) => target !== undefined);
  const hasLimit = group.grades.some(({ atMost }) => atMost !== undefined);
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('spread.title')}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('spread.grade')}</th>
              <th scope="col" className="number">
                {t('spread.have')}
              </th>
              {hasTarget && (
                <>
                  <th scope="col" className="number">
                    {t('spread.target')}
                  </th>
                  <th scope="col" className="number">
                    {t('spread.difference')}
                  </th>
                </>
              )}
              {hasLimit && (
                <th scope="col" className="number">
                  {t('spread.atMost')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {group.grades.map((one) => (
              <tr key={one.grade ?? ''}>
                <th scope="row">{nameOf(one)}</th>
                <td className="number">{one.have}</td>
                {hasTarget && (
                  <>
                    <td className="number">{one.target ?? '–'}</td>
                    <td className="number">
                      <Difference have={one.have} target={one.target} />
                    </td>
                  </>
                )}
                {hasLimit && (
                  <td className="number">
                    {one.atMost === undefined ? '–' : one.have > one.atMost ? <Mark kind="bad">{one.atMost}</Mark> : one.atMost}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!hasTarget && <p className="soft">{t('spread.noTarget')}</p>}
    </>
  );
}

function Difference({ have, target }: { readonly have: number; readonly target: number | undefined }): ReactElement {
  if (target === undefined) return <>–</>;
  const difference = have - target;
  if (difference === 0) return <Mark kind="good">0</Mark>;
  return <Mark kind="warn">{difference > 0 ? `+${difference}` : `−${-difference}`}</Mark>;
}

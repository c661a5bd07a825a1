import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { language } from '../texts';
import { useNarrow } from './data-table';
import { formatAmount, formatExact, formatShare } from './format';

const APART = { justifyContent: 'space-between' } as const;

export type Figure = components['schemas']['Figure'];

/** Facts of a period, each with the target that it is held against. */
export function Figures({ figures, label }: { readonly figures: readonly Figure[]; readonly label: string }): ReactElement {
  const { t } = useTranslation('common');
  const isNarrow = useNarrow();
  if (figures.length === 0) return <p className="soft">{t('figures.none')}</p>;
  if (isNarrow) return <FigureCards figures={figures} label={label} />;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="plain figures-table">
        <thead>
          <tr>
            <th scope="col">{t('figures.fact')}</th>
            <th scope="col" className="number">
              {t('figures.value')}
            </th>
            <th scope="col" className="number">
              {t('figures.target')}
            </th>
            <th scope="col" className="number">
              {t('figures.completion')}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={figure.key}>
              <th scope="row">
                {figure.title[language()]} <FigureUnit unit={figure.unit} />
              </th>
              <td className="number">{figure.value === null ? t('figures.missing') : figureText(figure.unit, figure.value)}</td>
              <td className="number">{figureText(figure.unit, figure.target?.value ?? null)}</td>
              <td className="number">{figure.completion === null ? '–' : <Completion share={figure.completion} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The same where there is no room for a table: nothing is cut off at its side. */
function FigureCards({ figures, label }: { readonly figures: readonly Figure[]; readonly label: string }): ReactElement {
  const { t } = useTranslation('common');
  const inUnit = useFigureWords();
  return (
    <ul className="cards" aria-label={label}>
      {figures.map(({ key, title, unit, value, target, completion }) => (
        <li key={key}>
          <div className="row" style={APART}>
            <span>{title[language()]}</span>
            <strong className="number">{value === null ? t('figures.missing') : inUnit(unit, value)}</strong>
          </div>
          {target !== null && (
            <div className="row soft" style={APART}>
              <span>
                {t('figures.target')} <span className="number">{target.value === null ? '–' : inUnit(unit, target.value)}</span>
              </span>
              {completion !== null && (
                <span>
                  {t('figures.completion')} <Completion share={completion} />
                </span>
              )}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A share of its target as a number with a bar; the bar says nothing that the number does not. */
export function Completion({ share }: { readonly share: string }): ReactElement {
  return (
    <span className="completion">
      {formatShare(share)}
      <span aria-hidden="true" className="completion-bar">
        <span style={{ width: `min(100%, calc(${share} * 100%))` }} />
      </span>
    </span>
  );
}

function FigureUnit({ unit }: { readonly unit: Figure['unit'] }): ReactElement | null {
  const words = useUnits()[unit];
  return words === undefined ? null : <span className="soft">({words})</span>;
}

/** The name of a column of figures with their unit. */
export function useInUnit(): (name: string, unit: Figure['unit'] | undefined) => string {
  const { t } = useTranslation('common');
  const units = useUnits();
  return (name, unit) => {
    const words = unit && units[unit];
    return words === undefined ? name : t('figures.inUnit', { name, unit: words });
  };
}

function useUnits(): Readonly<Partial<Record<Figure['unit'], string>>> {
  const { t } = useTranslation('common');
  return { money: t('currency'), percent: '%', days: t('figures.days') };
}

/** A value with the unit that it is in, where it stands alone. */
export function useFigureWords(): (unit: Figure['unit'], value: string) => string {
  const { t } = useTranslation('common');
  const units = useUnits();
  return (unit, value) => {
    const words = units[unit];
    return words === undefined ? figureText(unit, value) : t('figures.withUnit', { value: figureText(unit, value), unit: words });
  };
}

export function figureText(unit: Figure['unit'], value: string | null): string {
  if (value === null) return '–';
  return unit === 'money' ? formatAmount(value) : formatExact(value);
}

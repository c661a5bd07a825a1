import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Completion, type Figure, figureText } from '../../pieces/figures';
import type { RatingLine } from '../../pieces/rating';
import { RatingShown } from '../../pieces/rating-field';
import { language } from '../../texts';
import type { Detail } from './queries';
import { newestOf } from './submitted';

/** Beside one line: the facts of the period that belong to it, and what was given for it last time. */
export function LineFacts({
  line,
  figures,
  keys,
  before,
}: {
  readonly line: RatingLine;
  readonly figures: readonly Figure[];
  readonly keys: readonly string[];
  readonly before: Detail | undefined;
}): ReactElement | null {
  const { t } = useTranslation('me');
  const { t: common } = useTranslation('common');
  const shown = figures.filter(({ key, target }) => keys.includes(key) || (target !== null && keys.includes(target.key)));
  const [self, manager] = (['self-review', 'manager-review'] as const).map((step) => before && newestOf(before, step));
  const given = { self: self?.ratings?.[line.key], manager: manager?.ratings?.[line.key] };
  if (shown.length === 0 && given.self === undefined) return null;
  return (
    <dl className="beside-line">
      {shown.map((figure) => (
        <div key={figure.key}>
          <dt>{figure.title[language()]}</dt>
          <dd>
            {figure.value === null ? common('figures.missing') : figureText(figure.unit, figure.value)}
            {figure.target && figure.target.value !== null && (
              <span className="soft"> / {figureText(figure.unit, figure.target.value)}</span>
            )}
            {figure.completion !== null && <Completion share={figure.completion} />}
          </dd>
        </div>
      ))}
      {given.self !== undefined && (
        <div>
          <dt>{t('review.lastTime')}</dt>
          <dd>
            {t('said.mine')} <RatingShown line={line} given={given.self} notes={self?.notes ?? []} />
            {given.manager !== undefined && (
              <>
                {' · '}
                {t('said.manager')} <RatingShown line={line} given={given.manager} notes={manager?.notes ?? []} />
              </>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}

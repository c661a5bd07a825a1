import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useMe } from '../../app/session';
import { language } from '../../texts';
import { Answer } from '../answer';
import { Empty } from '../empty';
import { formatAmount } from '../format';
import { explainCompletion, Explained, explainScore, type PlaceAddress } from './explained';
import { Whose } from './whose';

/** As many cycles as the leaderboard itself offers. */
const CYCLES = 50;

/** Why one stands where one does on a board: what is ranked, how many are ahead, and what happens to equals. Only one's own place is explained. */
export function PlaceBasis({ address }: { readonly address: PlaceAddress }): ReactElement {
  const { t } = useTranslation('explain');
  const query = useQuery({ queryKey: ['leaderboard', 'place', address], queryFn: () => placeOf(address) });
  return (
    <Answer query={query}>
      {({ board: { own, tieRule }, cycle }) =>
        own === null ? (
          <Empty title={t('noSuch')} text={t('place.notRanked')} />
        ) : (
          <Place own={own} cycle={cycle} tieRule={tieRule[language()]} address={address} />
        )
      }
    </Answer>
  );
}

async function placeOf({ cycleId, measure, scope, unit }: PlaceAddress) {
  const query = { cycleId, measure, scope, limit: 1, ...(unit === undefined ? {} : { unit }) };
  const [board, cycles] = await Promise.all([
    bodyOf(api.GET('/api/v1/leaderboard', { params: { query } })),
    bodyOf(api.GET('/api/v1/leaderboard/cycles', { params: { query: { limit: CYCLES } } })),
  ]);
  return { board, cycle: cycles.items.find((one) => one.cycleId === cycleId)?.name ?? '' };
}

type Own = NonNullable<Awaited<ReturnType<typeof placeOf>>['board']['own']>;

interface PlaceProps {
  readonly own: Own;
  readonly cycle: string;
  readonly tieRule: string;
  readonly address: PlaceAddress;
}

function Place({ own, cycle, tieRule, address: { measure, scope, unit } }: PlaceProps): ReactElement {
  const { t } = useTranslation('explain');
  const me = useMe();
  const value = shown(own.value, measure);
  const ahead = own.place - 1;
  return (
    <>
      <Whose name={me.name} of={cycle} />
      <p className="sentence">
        <strong>{t(ahead === 0 ? 'place.first' : 'place.sentence', { place: own.place, ranked: own.ranked, count: ahead, value })}</strong>
      </p>
      <dl className="pairs">
        <dt>{t('place.ranks')}</dt>
        <dd>
          {t(`place.measure.${measure}`)} · {unit ?? t(`place.scope.${scope}`)} · {t('place.among', { count: own.ranked })}
        </dd>
        <dt>{t('place.value')}</dt>
        <dd>
          <Explained
            of={measure === 'score' ? explainScore(own.appraisalId) : explainCompletion(own.appraisalId)}
            what={t('place.valueWhy', { value })}
          >
            {value}
          </Explained>
        </dd>
        <dt>{t('place.ahead')}</dt>
        <dd>{t('place.aheadCount', { count: ahead })}</dd>
        <dt>{t('place.ties')}</dt>
        <dd>{tieRule}</dd>
        {(own.note !== null || own.publishedPlace !== own.place) && (
          <>
            <dt>{t('place.published')}</dt>
            <dd>{t('place.publishedAs', { place: own.publishedPlace, value: shown(own.publishedValue, measure) })}</dd>
          </>
        )}
        {own.placeBefore !== null && (
          <>
            <dt>{t('place.before')}</dt>
            <dd>{own.placeBefore}</dd>
          </>
        )}
      </dl>
    </>
  );
}

function shown(value: string, measure: PlaceAddress['measure']): string {
  return measure === 'completion' ? `${formatAmount(value)}%` : formatAmount(value);
}

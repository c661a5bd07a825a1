import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '../../app/session';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { formatPeriod } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import { monthAfter, type Place, placeOf, REGIONS, todayIn, yearQuery } from './calendar-days';
import { Legend, MonthTable, YearTables } from './calendar-tables';
import { CalendarTools } from './calendar-tools';
import './data.css';
import { OverrideForm, OverridesPanel } from './overrides-panel';
import { type Site, sitesQuery } from './queries';
import { SitesPanel } from './sites-panel';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Which days are worked, of a region or site: official days, make-up weekends and the company's own. */
export function CalendarPage(): ReactElement {
  const { t } = useTranslation('data');
  const me = useMe();
  const { place: chosen } = useAddress();
  const sites = useQuery(sitesQuery);
  const place = placeOf(chosen, sites.data?.items ?? []);
  const mayChange = hasRole(me, 'hr');
  const [changed, setChanged] = useState<string | undefined>(undefined);
  return (
    <Page title={t('calendar.title')} meta={t(`calendar.regions.${place.region}`)}>
      <Panel>
        <Days place={place} sites={sites.data?.items ?? []} {...(mayChange ? { onDay: setChanged } : {})} />
      </Panel>
      <OverridesPanel region={place.region} mayChange={mayChange} onAdd={() => setChanged('')} />
      <Panel title={t('calendar.tools')}>
        <CalendarTools place={place} />
      </Panel>
      <SitesPanel mayChange={mayChange} />
      {changed !== undefined && <OverrideForm day={changed} region={place.region} onClose={() => setChanged(undefined)} />}
    </Page>
  );
}

interface DaysProps {
  readonly place: Place;
  readonly sites: readonly Site[];
  readonly onDay?: (day: string) => void;
}

function Days({ place, sites, onDay }: DaysProps): ReactElement {
  const { t } = useTranslation('data');
  const { view, month: named } = useAddress();
  const today = todayIn(place.zone);
  const month = named !== undefined && MONTH.test(named) ? named : today.slice(0, 7);
  const year = month.slice(0, 4);
  const days = useQuery(yearQuery(year, place.region));
  const isYear = view === 'year';
  return (
    <>
      <Controls month={month} isYear={isYear} sites={sites} />
      <Answer query={days} lines={12}>
        {(data) => (
          <>
            {data.days.some(({ flagged }) => flagged) && <div className="note warn">{t('calendar.flagged', { year })}</div>}
            <div className="row">
              <h2>{isYear ? formatPeriod(year) : formatPeriod(month)}</h2>
              <span className="soft">
                {t('calendar.workingDays', {
                  count: data.days.filter(({ day, working }) => working && (isYear || day.startsWith(month))).length,
                })}
              </span>
            </div>
            {isYear ? (
              <YearTables year={year} days={data.days} />
            ) : (
              <MonthTable month={month} days={data.days} today={today} {...(onDay ? { onDay } : {})} />
            )}
            <Legend />
            <p className="soft">{t('calendar.version', { version: data.version })}</p>
          </>
        )}
      </Answer>
    </>
  );
}

function Controls({
  month,
  isYear,
  sites,
}: {
  readonly month: string;
  readonly isYear: boolean;
  readonly sites: readonly Site[];
}): ReactElement {
  const { t } = useTranslation('data');
  const { place } = useAddress();
  const change = useChangeAddress();
  const step = isYear ? 12 : 1;
  return (
    <div className="filters">
      <div className="field wide">
        <label htmlFor="place">{t('calendar.place')}</label>
        <select
          id="place"
          className="plain-select"
          value={place ?? 'CN'}
          onChange={(event) => change({ place: event.target.value === 'CN' ? undefined : event.target.value })}
        >
          {REGIONS.map((region) => (
            <option key={region} value={region}>
              {t(`calendar.regions.${region}`)}
            </option>
          ))}
          {sites.map(({ site, zone }) => (
            <option key={site} value={`site:${site}`}>
              {t('calendar.ofSite', { site, region: zone })}
            </option>
          ))}
        </select>
      </div>
      <div className="row">
        <Button icon={<LeftOutlined />} aria-label={t('calendar.previous')} onClick={() => change({ month: monthAfter(month, -step) })} />
        <input
          type="month"
          className="plain-input"
          aria-label={t('calendar.month')}
          value={month}
          style={{ width: 160 }}
          onChange={(event) => change({ month: event.target.value || undefined })}
        />
        <Button icon={<RightOutlined />} aria-label={t('calendar.next')} onClick={() => change({ month: monthAfter(month, step) })} />
        <Button onClick={() => change({ view: isYear ? undefined : 'year' })}>{isYear ? t('calendar.month') : t('calendar.year')}</Button>
      </div>
    </div>
  );
}

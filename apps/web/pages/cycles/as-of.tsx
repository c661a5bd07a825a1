import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { formatInstant } from '../../pieces/format';
import { fieldTime, instantOf } from '../../pieces/moment';

/** A moment of the past in the address; the page reads everything as it was then. */
export function AsOfField(): ReactElement {
  const { t } = useTranslation('cycles');
  const { asOf } = useAddress();
  const change = useChangeAddress();
  return (
    <label className="row">
      <span className="soft">{t('cycle.asOfLabel')}</span>
      <input
        type="datetime-local"
        className="plain-input"
        style={{ width: 'auto' }}
        value={asOf === undefined || isPosition(asOf) ? '' : fieldTime(asOf)}
        onChange={({ target: { value } }) => change({ asOf: instantOf(value), after: undefined })}
      />
    </label>
  );
}

export function AsOfNote(): ReactElement | null {
  const { t } = useTranslation('cycles');
  const { asOf } = useAddress();
  const change = useChangeAddress();
  if (asOf === undefined) return null;
  const when = isPosition(asOf) ? `#${asOf}` : formatInstant(instantOf(asOf) ?? asOf);
  return (
    <div className="note warn row" role="status">
      {t('cycle.asOf', { when })}
      <Button size="small" onClick={() => change({ asOf: undefined, after: undefined })}>
        {t('cycle.asOfNow')}
      </Button>
    </div>
  );
}

/** A position of the log instead of a time. */
function isPosition(asOf: string): boolean {
  return /^\d{1,15}$/.test(asOf);
}

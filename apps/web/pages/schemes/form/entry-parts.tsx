import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Path } from '../yaml/read';
import { idOf, useEditing } from './editing';
import { RemoveButton } from './fields';

export function EntryButtons({ path, name, last }: { readonly path: Path; readonly name: string; readonly last: number }): ReactElement {
  const { t } = useTranslation('schemes');
  const { edit } = useEditing();
  const index = Number(path.at(-1));
  return (
    <span className="entry-buttons">
      <button
        type="button"
        className="link-button"
        disabled={index === 0}
        aria-label={t('form.upOf', { name })}
        onClick={() => edit({ kind: 'move', path, by: -1 })}
      >
        ↑
      </button>
      <button
        type="button"
        className="link-button"
        disabled={index === last}
        aria-label={t('form.downOf', { name })}
        onClick={() => edit({ kind: 'move', path, by: 1 })}
      >
        ↓
      </button>
      <RemoveButton path={path} name={name} />
    </span>
  );
}

/** An indicator more: one of the library, or one of the company's own. */
export function AddIndicator({ path }: { readonly path: Path }): ReactElement {
  const { t } = useTranslation('schemes');
  const { edit, library, book } = useEditing();
  const [chosen, choose] = useState('');
  const id = `${idOf(path)}-add`;
  return (
    <div className="row add">
      <label htmlFor={id}>{t('form.pick')}</label>
      <select id={id} className="plain-select" value={chosen} onChange={(event) => choose(event.target.value)}>
        <option value="">{t('form.pickNone')}</option>
        {library?.items.map((entry) => (
          <option key={entry.id} value={entry.id}>
            {entry.title[book.language]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="link-button"
        disabled={chosen === ''}
        onClick={() => {
          edit({ kind: 'append', path, value: { use: chosen, points: '10' } });
          choose('');
        }}
      >
        {t('form.addPicked')}
      </button>
      <button
        type="button"
        className="link-button"
        onClick={() =>
          edit({
            kind: 'append',
            path,
            value: {
              key: 'own',
              title: { 'zh-CN': '新指标', en: 'New indicator' },
              points: '10',
              method: { kind: 'ratio', actual: 'sales.amount', target: 'sales.target' },
            },
          })
        }
      >
        {t('form.addOwn')}
      </button>
    </div>
  );
}

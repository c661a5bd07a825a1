import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { type KeyboardEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NavEntry } from './navigation';

interface Hit {
  readonly key: string;
  readonly name: string;
  readonly go: () => void;
}

/** Ctrl/⌘ K: pages, people, cycles and commands by their names. */
export function Palette({ entries, onClose }: { readonly entries: readonly NavEntry[]; readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const wanted = text.trim().toLowerCase();
  const hits: Hit[] = entries
    .map((entry) => ({ key: entry.key, name: t(`nav.${entry.key}`), go: () => void navigate({ to: entry.to }) }))
    .filter(({ name }) => name.toLowerCase().includes(wanted));
  const take = (hit: Hit | undefined): void => {
    if (!hit) return;
    onClose();
    hit.go();
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen((now) => (now + step + hits.length) % Math.max(1, hits.length));
    }
    if (event.key === 'Enter') take(hits[chosen]);
  };
  return (
    <Modal open onCancel={onClose} footer={null} title={t('palette.title')}>
      <input
        className="plain-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-hits"
        aria-activedescendant={hits[chosen] ? `hit-${hits[chosen].key}` : undefined}
        aria-label={t('search')}
        placeholder={t('palette.hint')}
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={press}
      />
      <ul id="palette-hits" role="listbox" aria-label={t('palette.title')} className="cards">
        {hits.map((hit, index) => (
          <li key={hit.key} id={`hit-${hit.key}`} role="option" aria-selected={index === chosen} onClick={() => take(hit)}>
            {hit.name}
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className="soft">{t('palette.nothing', { text })}</p>}
    </Modal>
  );
}

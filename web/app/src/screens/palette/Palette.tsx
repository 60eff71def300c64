// One field that leads everywhere: screens, people, groups, modes to press, doors to turn.

import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Heading,
  Input,
  Label,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useModes } from '../../api/plan';
import { useGroups, usePeople } from '../../api/queries';
import type { Mode } from '../../api/wire';
import { FormDialog } from '../../ui/Dialog';
import { Icon, type IconName } from '../../ui/Icon';
import { useTurnDoor } from '../groups/Hours';
import { Press } from '../modes/Modes';
import { SCREENS } from './keys';

/** Of each kind while nothing is typed: a list that is read, not searched, stays short. */
const SHOWN_UNASKED = 8;

interface Entry {
  id: string;
  icon: IconName;
  word: string;
  keys?: string;
  act: () => void;
}

export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('palette');
  const [pressing, setPressing] = useState<Mode | null>(null);
  return (
    <>
      <ModalOverlay
        isOpen={isOpen}
        onOpenChange={(open) => !open && onClose()}
        isDismissable
        className="fixed inset-0 z-50 flex items-start justify-center overflow-y-auto bg-black/40 p-4 sm:pt-[12vh]"
      >
        <Modal className="w-full max-w-xl rounded-2xl bg-surface shadow-lift animate-settle">
          <Dialog className="relative max-h-[min(75dvh,34rem)] overflow-y-auto rounded-2xl outline-none">
            <Heading slot="title" className="sr-only">
              {t('title')}
            </Heading>
            <Search onClose={onClose} onPress={setPressing} />
          </Dialog>
        </Modal>
      </ModalOverlay>
      <FormDialog
        title={t('press', { mode: pressing?.name ?? '' })}
        isOpen={pressing !== null}
        onClose={() => setPressing(null)}
      >
        {pressing && <Press mode={pressing} onDone={() => setPressing(null)} />}
      </FormDialog>
    </>
  );
}

function Search({ onClose, onPress }: { onClose: () => void; onPress: (mode: Mode) => void }) {
  const t = useTranslations('palette');
  const [typed, setTyped] = useState('');
  const { contains } = useFilter({ sensitivity: 'base' });
  const sections = useSections(onPress);
  const shown = typed.trim() === '' ? SHOWN_UNASKED : Number.POSITIVE_INFINITY;
  const run = (entry: Entry) => {
    onClose();
    entry.act();
  };
  return (
    <Autocomplete
      inputValue={typed}
      onInputChange={setTyped}
      filter={(text, asked) => asked.split(/\s+/).every((word) => contains(text, word))}
    >
      <SearchField
        autoFocus
        className="sticky top-0 z-10 flex items-center gap-3 border-b border-line bg-surface px-4"
      >
        <Label className="sr-only">{t('field')}</Label>
        <Icon name="search" className="text-muted" />
        <Input
          placeholder={t('field')}
          className="min-h-14 min-w-0 flex-1 bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
        />
        <kbd className="rounded-md bg-sunken px-1.5 py-0.5 text-xs text-muted">Esc</kbd>
      </SearchField>
      <Menu
        aria-label={t('title')}
        className="p-2 outline-none"
        renderEmptyState={() => <p className="px-3 py-6 text-center text-muted">{t('none')}</p>}
      >
        {sections.map(({ title, entries }) => (
          <MenuSection key={title} id={title} className="pb-1">
            <Header className="px-3 pt-2 pb-1 text-xs font-medium text-muted">{title}</Header>
            {entries.slice(0, shown).map((entry) => (
              <MenuItem
                key={entry.id}
                id={entry.id}
                textValue={`${entry.word} ${title}`}
                onAction={() => run(entry)}
                className="flex min-h-10 cursor-pointer items-center gap-3 rounded-lg px-3 outline-none data-[focused]:bg-sunken"
              >
                <Icon name={entry.icon} className="size-4 text-muted" />
                <span className="min-w-0 flex-1 truncate">{entry.word}</span>
                {entry.keys && (
                  <kbd className="rounded-md bg-sunken px-1.5 py-0.5 text-xs text-muted">
                    {entry.keys}
                  </kbd>
                )}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
    </Autocomplete>
  );
}

/** Everything that can be asked for, kind by kind; empty kinds are not shown. */
function useSections(onPress: (mode: Mode) => void): { title: string; entries: Entry[] }[] {
  const t = useTranslations('palette');
  const shell = useTranslations('shell');
  const go = useNavigate();
  const turn = useTurnDoor();
  const groups = useGroups().data ?? [];
  const people = usePeople().data ?? [];
  const modes = useModes().data;
  const screens: Entry[] = SCREENS.map(({ screen, to, letter }) => ({
    id: `screen-${screen}`,
    icon: screen,
    word: shell(screen),
    keys: `g ${letter}`,
    act: () => void go({ to }),
  }));
  const calendars: Entry = {
    id: 'screen-calendars',
    icon: 'calendar',
    word: t('calendars'),
    act: () => void go({ to: '/calendars' }),
  };
  return [
    { title: t('screens'), entries: [...screens, calendars] },
    {
      title: t('modes'),
      entries: (modes?.modes ?? [])
        .filter((mode) => mode.id !== modes?.active?.mode)
        .map((mode) => ({
          id: `mode-${mode.id}`,
          icon: 'modes' as const,
          word: t('press', { mode: mode.name }),
          act: () => onPress(mode),
        })),
    },
    {
      title: t('doors'),
      entries: groups.map((group) => {
        const shut = group.door === 'closed';
        return {
          id: `door-${group.id}`,
          icon: shut ? ('opened' as const) : ('shut' as const),
          word: t(shut ? 'by_hours' : 'close', { group: group.name }),
          act: () => void turn(group, shut ? 'by_hours' : 'closed'),
        };
      }),
    },
    {
      title: shell('groups'),
      entries: groups.map((group) => ({
        id: `group-${group.id}`,
        icon: 'groups' as const,
        word: [group.name, ...group.numbers].join(' · '),
        act: () => void go({ to: '/groups/$id', params: { id: String(group.id) } }),
      })),
    },
    {
      title: shell('people'),
      entries: people.map((person) => ({
        id: `person-${person.id}`,
        icon: 'people' as const,
        word: person.extension ? `${person.name} · ${person.extension}` : person.name,
        act: () => void go({ to: '/people/$id', params: { id: String(person.id) } }),
      })),
    },
  ].filter(({ entries }) => entries.length > 0);
}

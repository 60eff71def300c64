// A button that opens a short list of things to do.

import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuItemProps,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import { Button } from './Button';

export function Menu({
  label,
  face,
  children,
  wide,
}: {
  label: string;
  face: ReactNode;
  children: ReactNode;
  /** The face is words: the button is as wide as they are. */
  wide?: boolean;
}) {
  return (
    <MenuTrigger>
      <Button look={wide ? 'plain' : 'quiet'} size={wide ? 'small' : 'icon'} aria-label={label}>
        {face}
      </Button>
      <Popover
        placement="bottom end"
        className="min-w-48 rounded-xl bg-surface p-1 shadow-lift ring-1 ring-line animate-settle"
      >
        <AriaMenu aria-label={label} className="outline-none">
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export function MenuItem(props: Omit<MenuItemProps, 'className'>) {
  return (
    <AriaMenuItem
      {...props}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-3 text-sm outline-none data-[focused]:bg-sunken data-[disabled]:opacity-50"
    />
  );
}

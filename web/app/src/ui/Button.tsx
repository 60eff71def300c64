// Buttons and links that look like buttons. Never smaller than 24 px, usually 36.

import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classes } from './classes';

type Look = 'main' | 'plain' | 'quiet' | 'bad';
type Size = 'small' | 'normal' | 'icon' | 'round';

const LOOKS: Record<Look, string> = {
  main: 'bg-accent text-on-accent hover:bg-accent-deep pressed:bg-accent-deep shadow-card',
  plain: 'bg-surface text-ink ring-1 ring-inset ring-line hover:bg-sunken pressed:bg-sunken',
  quiet: 'text-ink hover:bg-sunken pressed:bg-sunken',
  bad: 'bg-surface text-bad ring-1 ring-inset ring-bad/40 hover:bg-bad-soft pressed:bg-bad-soft',
};

const SIZES: Record<Size, string> = {
  small: 'min-h-8 px-2.5 text-sm gap-1.5 rounded-lg',
  normal: 'min-h-10 px-4 gap-2 rounded-lg',
  icon: 'size-9 rounded-lg',
  round: 'size-12 rounded-full',
};

function looks(look: Look, size: Size): string {
  return classes(
    'inline-flex shrink-0 items-center justify-center font-medium transition-colors',
    'disabled:opacity-50 disabled:cursor-default data-[pending]:opacity-70',
    LOOKS[look],
    SIZES[size],
  );
}

interface Props extends Omit<AriaButtonProps, 'className' | 'style'> {
  look?: Look;
  size?: Size;
  className?: string;
}

export function Button({ look = 'plain', size = 'normal', className, ...rest }: Props) {
  return <AriaButton {...rest} className={classes(looks(look, size), className)} />;
}

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  look?: Look;
  size?: Size;
  children?: ReactNode;
  ref?: Ref<HTMLAnchorElement>;
}

function Anchor({ look = 'plain', size = 'normal', className, ...rest }: AnchorProps) {
  return <a {...rest} className={classes(looks(look, size), className)} />;
}

/** A place to go to, as a button. */
export const LinkButton = createLink(Anchor);

// What the platform does not do by itself: single keys, menus under their buttons, copying, the theme menu.
const singleKeys = {
  '/': () => focusSearch(),
  '?': () => document.getElementById('keyboard')?.showModal(),
  'p': () => click('[data-key="p"]'),
  'j': () => moveSelection(1),
  'k': () => moveSelection(-1),
};
const editable = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
let leader = -Infinity;

const click = selector => {
  const target = document.querySelector(selector);
  target?.click();
  return target;
};

function focusSearch() {
  const boxes = [...document.querySelectorAll('input[type=search]')];
  const box = boxes.find(candidate => candidate.offsetParent !== null);
  if (box) { box.focus(); box.select(); } else { click('[data-go="e"]'); }
}

function moveSelection(step) {
  const rows = [...document.querySelectorAll('[data-row]')];
  if (rows.length === 0) { return; }
  const at = rows.indexOf(document.activeElement?.closest('[data-row]'));
  rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
  if (event.key === 'Escape') {
    if (document.querySelector('dialog[open], :popover-open')) { return; }
    if (document.activeElement?.matches(editable)) { document.activeElement.blur(); return; }
    click('[data-key="Escape"]');
    return;
  }

  if (document.activeElement?.matches(editable) || document.querySelector('dialog[open]')) { return; }
  if (performance.now() - leader < 1200) {
    leader = -Infinity;
    const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
    return;
  }

  if (event.key === 'g') { leader = performance.now(); return; }
  const action = singleKeys[event.key];
  if (action) { event.preventDefault(); action(); }
});

document.addEventListener('toggle', event => {
  const menu = event.target;
  if (!menu.matches?.('.menu') || event.newState !== 'open') { return; }
  const button = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
  menu.style.top = `${button.bottom + 6 + scrollY}px`;
  menu.style.left = `${Math.max(8, Math.min(button.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8)) + scrollX}px`;
  showThemeChoice();
}, true);

document.addEventListener('click', async event => {
  const target = event.target.closest('[data-copy], [data-theme-choice], [data-zone-choice], [data-dialog]');
  if (!target) { return; }
  if (target.dataset.dialog) {
    document.getElementById(target.dataset.dialog)?.showModal();
  } else if (target.dataset.themeChoice) {
    nexusTheme.choose(target.dataset.themeChoice);
    target.closest('[popover]')?.hidePopover();
  } else if (target.dataset.zoneChoice) {
    nexusZone.choose(target.dataset.zoneChoice);
  } else {
    await copy(target);
  }
});

document.addEventListener('click', event => {
  // A click on the backdrop reaches the dialog itself.
  if (event.target instanceof HTMLDialogElement) { event.target.close(); }
});

async function copy(button) {
  const source = button.dataset.copy;
  const text = source.startsWith('#') ? document.querySelector(source)?.textContent ?? '' : source === 'address' ? location.href : source;
  let done = true;
  try { await navigator.clipboard.writeText(text); } catch { done = false; }
  const status = document.getElementById('announcer');
  if (status) { status.textContent = done ? 'Copied' : 'The browser does not allow copying here'; }
  button.dataset.copied = done ? 'yes' : 'no';
  setTimeout(() => delete button.dataset.copied, 1500);
}

function showThemeChoice() {
  for (const button of document.querySelectorAll('button[data-theme-choice]')) {
    button.setAttribute('aria-checked', String(button.dataset.themeChoice === nexusTheme.choice));
  }
}

addEventListener('nexus:theme', showThemeChoice);

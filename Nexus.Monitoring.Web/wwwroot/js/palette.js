// What only the browser can do for the palette: close it, and carry out its commands.
const dialog = () => document.getElementById('palette');

export function close() {
  dialog()?.close();
}

export function run(command) {
  close();
  const [what, choice] = command.split('-');
  switch (what) {
    case 'theme': nexusTheme.choose(choice); break;
    case 'zone': nexusZone.choose(choice); break;
    default: dispatchEvent(new CustomEvent('nexus:command', { detail: command }));
  }
}

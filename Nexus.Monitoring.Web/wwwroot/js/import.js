// Sends the chosen file to the dashboard, which passes it on; tells the component how far it is and what came of it.
const types = { ndjson: 'application/x-ndjson', jsonl: 'application/x-ndjson', parquet: 'application/vnd.apache.parquet' };

export function upload(input, address, component) {
  const call = (name, ...values) => component.invokeMethodAsync(name, ...values).catch(() => { /* the circuit is gone; boot.js knows */ });
  let request = null;
  let told = 0;

  function send(file) {
    const type = types[file.name.split('.').pop().toLowerCase()];
    if (!type) { void call('Refuse', file.name); return; }
    request = new XMLHttpRequest();
    request.upload.addEventListener('progress', event => {
      // Ten times a second is enough to see it move.
      if (performance.now() - told > 100) {
        told = performance.now();
        void call('Progress', file.name, event.loaded, file.size);
      }
    });
    request.upload.addEventListener('load', () => void call('Progress', file.name, file.size, file.size));
    request.addEventListener('load', () => void call('Done', request.status, request.responseText));
    request.addEventListener('error', () => void call('Done', 0, ''));
    request.open('POST', address);
    request.setRequestHeader('Content-Type', type);
    request.send(file);
    void call('Progress', file.name, 0, file.size);
  }

  const change = () => {
    const file = input.files[0];
    if (file) { send(file); }
    input.value = '';
  };
  input.addEventListener('change', change);
  input.dataset.ready = '';
  return {
    cancel: () => request?.abort(),
    stop: () => {
      input.removeEventListener('change', change);
      request?.abort();
    },
  };
}

import { HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { retryDelayMs } from './link';

export interface Doorbell {
  rang(): void;
  connected(is: boolean): void;
}

const keepAliveMs = 5000;
const serverTimeoutMs = 15_000; // three missed keep-alives

/** Connects and stays connected, whatever happens. What a ring is about is read from the log, so its arguments are ignored. */
export function listen(bell: Doorbell): { hurry(): void } {
  const hub = new HubConnectionBuilder()
    .withUrl('/hubs/live')
    .withHubProtocol(new MessagePackHubProtocol())
    .withServerTimeout(serverTimeoutMs)
    .withKeepAliveInterval(keepAliveMs)
    .configureLogging(LogLevel.None)
    .build();
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const retry = (): void => {
    failures += 1;
    timer ??= setTimeout(connect, retryDelayMs(failures));
  };
  const connect = (): void => {
    timer = null;
    watch(hub).then(
      () => {
        failures = 0;
        bell.connected(true);
        bell.rang();
      },
      () => {
        void hub.stop().finally(retry);
      },
    );
  };

  hub.on('Changed', () => {
    bell.rang();
  });
  hub.onclose(() => {
    bell.connected(false);
    retry();
  });
  connect();
  return {
    hurry() {
      if (timer === null) return;
      clearTimeout(timer);
      connect();
    },
  };
}

async function watch(hub: HubConnection): Promise<void> {
  await hub.start();
  await hub.invoke('Watch', { counties: null });
}

import { ApiProperty } from '@nestjs/swagger';
import type { ListedSession } from '../sessions/session-store.js';

export class SessionResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'password', description: 'How the login was proven.' })
  method!: string;

  @ApiProperty({ description: 'Whether it is the session of this very request.' })
  current!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Address of the last refresh.' })
  ip!: string | null;

  @ApiProperty()
  user_agent!: string;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ format: 'date-time', description: 'To the minute.' })
  last_used_at!: string;

  @ApiProperty({ format: 'date-time', description: 'However much it is used.' })
  expires_at!: string;
}

export class SessionListResponse {
  @ApiProperty({ type: [SessionResponse], description: 'The newest first, 50 at most.' })
  data!: SessionResponse[];
}

export class EndedSessionsResponse {
  @ApiProperty({ example: 2, description: 'How many sessions were ended.' })
  ended!: number;
}

export function toSessionListResponse(
  sessions: readonly ListedSession[],
  currentId: string | null,
): SessionListResponse {
  return {
    data: sessions.map((one) => ({
      id: one.id,
      method: one.method,
      current: one.id === currentId,
      ip: one.ip,
      user_agent: one.user_agent,
      created_at: one.created_at.toISOString(),
      last_used_at: one.last_used_at.toISOString(),
      expires_at: one.expires_at.toISOString(),
    })),
  };
}

export const SESSION_LIST_EXAMPLE: SessionListResponse = {
  data: [
    {
      id: '01980a3e-0000-7000-8000-000000000042',
      method: 'password',
      current: true,
      ip: '192.0.2.17',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      created_at: '2026-01-01T08:00:00.000Z',
      last_used_at: '2026-01-01T09:30:00.000Z',
      expires_at: '2026-01-02T08:00:00.000Z',
    },
  ],
};

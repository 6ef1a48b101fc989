import {
  Body,
  Controller,
  Get,
  Header,
  NotFoundException,
  Post,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FromOrigin, OperatorCheck, Operators, type Origin, Public } from '../auth/index.js';
import { formPage } from '../http/index.js';
import {
  BOARD_PATH,
  boardCookieOf,
  clearBoardCookie,
  isForeign,
  setBoardCookie,
} from './board-cookie.js';
import { BoardSessions } from './board-sessions.js';
import { SignInPageFilter, signInPage } from './sign-in-page.filter.js';

const HTML = ['content-type', 'text/html; charset=utf-8'] as const;

export class SignInBody {
  @IsString()
  @MaxLength(200)
  token!: string;

  @IsString()
  @MaxLength(20)
  code!: string;
}

/** Token and code of an operator for the cookie that opens the board. */
@ApiExcludeController()
@UseFilters(SignInPageFilter)
@Controller('queue-board')
export class SignInController {
  constructor(
    private readonly operators: Operators,
    private readonly check: OperatorCheck,
    private readonly sessions: BoardSessions,
  ) {}

  @Get('sign-in')
  @Public()
  @Header(...HTML)
  async show(): Promise<string> {
    await this.#requireOperators();
    return signInPage();
  }

  @Post('sign-in')
  @Public()
  async signIn(
    @Body() body: SignInBody,
    @FromOrigin() origin: Origin,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#requireOperators();
    const operator = await this.check.signIn({ token: body.token.trim(), code: body.code }, origin);
    setBoardCookie(reply, await this.sessions.open(operator));
    await reply.redirect(`${BOARD_PATH}/`, 303);
  }

  @Get('sign-out')
  @Public()
  @Header(...HTML)
  askSignOut(): string {
    return formPage({
      title: 'Sign out',
      lead: 'The board is closed in this browser.',
      root: '../',
      fields: [],
      button: 'Sign out',
    });
  }

  @Post('sign-out')
  @Public()
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const secret = boardCookieOf(request);
    if (secret !== null && !isForeign(request)) await this.sessions.end(secret);
    clearBoardCookie(reply);
    await reply.redirect(`${BOARD_PATH}/sign-in`, 303);
  }

  /** Closed by default: without an operator there is nothing here. */
  async #requireOperators(): Promise<void> {
    if (!(await this.operators.any())) throw new NotFoundException();
  }
}

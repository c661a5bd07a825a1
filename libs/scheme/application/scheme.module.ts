import { Module } from '@nestjs/common';
import { SchemeHandler } from './scheme.handler';

@Module({ providers: [SchemeHandler] })
export class SchemeModule {}

// CommonJS Nest add-ons fail with a require cycle under Jest's ESM loader unless Nest is loaded first.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';

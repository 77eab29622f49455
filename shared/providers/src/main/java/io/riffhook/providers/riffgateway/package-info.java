/**
 * The resale gateway of the "Riffusion API Notes" (docs.yutoai.net, openai-hk.com since
 * 2025-06-05). It knows no webhooks, and whether it still answers is not known.
 */
@NullMarked
package io.riffhook.providers.riffgateway;

import org.jspecify.annotations.NullMarked;

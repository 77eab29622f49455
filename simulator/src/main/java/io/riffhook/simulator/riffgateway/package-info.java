/**
 * The resale gateway of the "Riffusion API Notes" (docs.yutoai.net, api.openai-hk.com). What the
 * notes and the vendor's own front-end leave open is ours and says so.
 */
@NullMarked
package io.riffhook.simulator.riffgateway;

import org.jspecify.annotations.NullMarked;

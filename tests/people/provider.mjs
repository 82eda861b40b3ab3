// A real identity provider on loopback: prints its address, and changes its keys at each line on standard input.
// node provider.mjs AUDIENCE SERVICE SECRET
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

// The package gives its advice where we are heard.
console.info = console.warn = () => {};
const [audience, service, secret] = process.argv.slice(2);

function keys() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' }] };
}

function configuration() {
  return {
    jwks: keys(),
    clients: [
      {
        client_id: service, client_secret: secret, token_endpoint_auth_method: 'client_secret_basic',
        grant_types: ['client_credentials'], response_types: [], redirect_uris: [],
      },
      {
        client_id: 'portal', application_type: 'native', token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'], response_types: ['code'], redirect_uris: ['http://127.0.0.1/callback'],
      },
    ],
    scopes: ['openid', 'bayro'],
    pkce: { required: () => true },
    cookies: { keys: [randomUUID()] },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({
          scope: 'bayro', audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
}

// Whoever comes to sign in is whom `login_hint` names, and agrees to everything.
async function interact(provider, request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: params.login_hint } });
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope('openid bayro');
  grant.addResourceScope(params.resource, 'bayro');
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

let provider;
const server = createServer((request, response) => {
  if (request.url.startsWith('/interaction/')) {
    interact(provider, request, response).catch((error) => { response.statusCode = 500; response.end(String(error)); });
  } else {
    provider.callback()(request, response);
  }
});
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const renew = () => { provider = new Provider(issuer, configuration()); console.log(JSON.stringify({ issuer })); };
  renew();
  createInterface({ input: process.stdin }).on('line', renew).on('close', () => process.exit());
});

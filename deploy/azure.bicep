// Everything a school needs in Azure: the bot's registration, a container app with two replicas, Redis with TLS.
// The bot signs in to Teams as a managed identity, so there is no client secret to keep.
targetScope = 'resourceGroup'

@description('Begins every name. Small letters and digits.')
@minLength(3)
@maxLength(16)
param name string = 'tovholder'

param location string = resourceGroup().location

@description('The image, such as registry.example/tovholder:0.1.0.')
param image string

@description('Tenants whose staff may use the bot; your own, unless you run it for several.')
param allowedTenants array = [
  subscription().tenantId
]

@description('TOVHOLDER_KEYS: make one with  echo "k1:$(openssl rand -base64 32)"  once, give the same at every deployment, and keep it apart from backups.')
@secure()
param keys string

@description('How large Redis is.')
param redisSku string = 'Balanced_B0'

var port = 3978
// Known before the app is there, so that the app can be told.
var domain = '${name}.${environment.properties.defaultDomain}'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource redis 'Microsoft.Cache/redisEnterprise@2025-04-01' = {
  name: '${name}-redis'
  location: location
  sku: {
    name: redisSku
  }
  properties: {
    minimumTlsVersion: '1.2'
    highAvailability: 'Enabled'
  }
}

resource database 'Microsoft.Cache/redisEnterprise/databases@2025-04-01' = {
  parent: redis
  name: 'default'
  properties: {
    clientProtocol: 'Encrypted'
    port: 10000
    clusteringPolicy: 'NoCluster'
    evictionPolicy: 'NoEviction'
    accessKeysAuthentication: 'Enabled'
    persistence: {
      aofEnabled: true
      // The closest it has to "always": see docs/deploy.md.
      aofFrequency: '1s'
      rdbEnabled: false
    }
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
  }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    managedEnvironmentId: environment.id
    configuration: {
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
      }
      secrets: [
        {
          name: 'keys'
          value: keys
        }
        {
          name: 'redis-url'
          value: 'rediss://:${uriComponent(database.listKeys().primaryKey)}@${redis.properties.hostName}:10000'
        }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 30
      scale: {
        minReplicas: 2
        maxReplicas: 3
      }
      containers: [
        {
          name: 'tovholder'
          image: image
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: [
            {
              name: 'MicrosoftAppType'
              value: 'UserAssignedMSI'
            }
            {
              name: 'MicrosoftAppId'
              value: identity.properties.clientId
            }
            {
              name: 'MicrosoftAppTenantId'
              value: identity.properties.tenantId
            }
            {
              name: 'TOVHOLDER_ALLOWED_TENANTS'
              value: join(allowedTenants, ',')
            }
            {
              name: 'TOVHOLDER_KEYS'
              secretRef: 'keys'
            }
            {
              name: 'REDIS_URL'
              secretRef: 'redis-url'
            }
            {
              name: 'TOVHOLDER_URL'
              value: 'https://${domain}'
            }
            {
              name: 'PORT'
              value: string(port)
            }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/health'
                port: port
              }
              periodSeconds: 5
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/health'
                port: port
              }
              periodSeconds: 10
              timeoutSeconds: 5
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/ready'
                port: port
              }
              periodSeconds: 5
              timeoutSeconds: 5
            }
          ]
        }
      ]
    }
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: 'Tovholder'
    endpoint: 'https://${domain}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: identity.properties.tenantId
    disableLocalAuth: true
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
    }
  }
}

@description('For: npm run -s cli -- package --app-id … --domain …')
output appId string = identity.properties.clientId
output domain string = domain

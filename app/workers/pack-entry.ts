import { createPackService } from '../engine/model/create-pack-service.ts';
import { serve } from './channel.ts';
import { ownPort } from './own-port.ts';

serve(ownPort(), createPackService());

import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  AccountRole,
  ProfileSummary,
} from 'backstage-plugin-break-glass-common';
import { useText } from '../../translation';
import { Draft } from './draft';
import { Problem, problemsOf } from './problems';

/** Choice of a profile, and the parameters that it declares. */
export const ProfileFields = (props: {
  id: string;
  role: AccountRole;
  draft: Draft;
  problems: Problem[];
  onChange: (part: Partial<Draft>) => void;
}) => {
  const { id, role, draft, problems, onChange } = props;
  const t = useText();
  const profile = role.profiles.find(p => p.id === draft.profileId);
  const filledIn = profile?.parameters.every(
    ({ name, required }) => !required || draft.parameters[name],
  );
  const problem =
    problemsOf(problems, 'profileId') ||
    (filledIn ? parametersProblem(problems) : '');
  return (
    <>
      <TextField
        id={`${id}-profile`}
        SelectProps={{ labelId: `${id}-profile-label`, id: `${id}-profile` }}
        InputLabelProps={{ id: `${id}-profile-label` }}
        select
        required
        fullWidth
        margin="dense"
        variant="outlined"
        label={t('request.profile')}
        helperText={problem || profile?.description || t('request.profileHelp')}
        error={Boolean(problem)}
        value={profile ? draft.profileId : ''}
        onChange={event => onChange({ profileId: event.target.value })}
      >
        {role.profiles.map(option => (
          <MenuItem key={option.id} value={option.id}>
            {option.title}
          </MenuItem>
        ))}
      </TextField>
      {profile && <ProfileMarks profile={profile} />}
      {profile?.parameters.map(parameter => {
        const wrong = problemsOf(
          problems,
          `profileParameters.${parameter.name}`,
        );
        const value = draft.parameters[parameter.name] ?? '';
        return (
          <TextField
            key={parameter.name}
            id={`${id}-parameter-${parameter.name}`}
            label={parameter.title}
            required={parameter.required}
            helperText={
              (value && wrong) || parameter.description || parameter.example
            }
            error={Boolean(value && wrong)}
            value={value}
            inputProps={{ maxLength: parameter.maxLength }}
            onChange={event =>
              onChange({
                parameters: {
                  ...draft.parameters,
                  [parameter.name]: event.target.value,
                },
              })
            }
            fullWidth
            margin="dense"
            variant="outlined"
          />
        );
      })}
    </>
  );
};

/** What is wrong with the parameters and not with one by name. */
function parametersProblem(problems: Problem[]): string {
  return (
    problemsOf(problems, 'profileParameters') ||
    problemsOf(problems, 'profileParameters.')
  );
}

function ProfileMarks(props: { profile: ProfileSummary }) {
  const t = useText();
  const { chaining, residueReviewed } = props.profile;
  return (
    <>
      {chaining && (
        <Typography variant="caption" component="p">
          {t('request.chaining')}
        </Typography>
      )}
      {residueReviewed && (
        <Typography variant="caption" component="p">
          {t('request.residue')}
        </Typography>
      )}
    </>
  );
}
